import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileFillable } from '../../src/liquid/fill.ts'
import { isTemplate, parseTemplate, STUDIO_LIQUID, templateProblems } from '../../src/liquid/template.ts'
import { CONTEXT, NOW } from './liquid.ts'

describe('a template', () => {
  test('is a text with double braces, or a brace and a percent sign', () => {
    expect(['{{ a }}', '{% a', 'x {{'].map(isTemplate)).toEqual([true, true, true])
    expect(['', 'a', '{ a }', '}}', '%}', '{ {'].map(isTemplate)).toEqual([false, false, false, false, false, false])
  })

  test('says where it is wrong', () => {
    expect(templateProblems('Hello\n {{ name | nosuch }}', STUDIO_LIQUID)).toEqual([
      'there is no filter "nosuch", line:2, col:2',
    ])
    expect(templateProblems('{{ name }}', STUDIO_LIQUID)).toEqual([])
  })

  test('fails every render with its parse error', () => {
    const template = parseTemplate('{{ a', STUDIO_LIQUID)
    expect(template.render({}, NOW)).toEqual({ ok: false, error: template.parseError })
    expect(template.evaluate({}, NOW)).toEqual({ ok: false, error: template.parseError })
  })

  test('evaluates to the value itself when it is one output, else to text', () => {
    const value = (text: string) => parseTemplate(text, STUDIO_LIQUID).evaluate(CONTEXT, NOW)
    expect(value('{{ widgets.http.parsed.rows }}')).toEqual({ ok: true, value: CONTEXT.widgets.http.parsed.rows })
    expect(value('{{ "a,b" | split: "," }}')).toEqual({ ok: true, value: ['a', 'b'] })
    expect(value('{{ flow.variables.count | plus: 1 }}')).toEqual({ ok: true, value: 3 })
    expect(value('{{ nope }}')).toEqual({ ok: true, value: null })
    expect(value(' {{ widgets.http.parsed.ok }}')).toEqual({ ok: true, value: ' true' })
    expect(value('plain')).toEqual({ ok: true, value: 'plain' })
  })
})

describe('filling the properties of a widget', () => {
  const fill = (value: unknown) => compileFillable(value, STUDIO_LIQUID).fill(CONTEXT, NOW)

  test('fills text at any depth and keeps the shape', () => {
    const { value, problems } = fill({
      body: 'Hi {{ flow.variables.name }}',
      parameters: [{ key: 'n', value: '{{ 1 | plus: 1 }}' }],
      timeout: 5,
      on: null,
    })
    expect(value).toEqual({ body: 'Hi Ana', parameters: [{ key: 'n', value: '2' }], timeout: 5, on: null })
    expect(problems).toEqual([])
  })

  test('reports what fails with its path, and puts empty text there', () => {
    const { value, problems } = fill({ a: '{{ "x" | plus: 1 }}', b: ['ok', '{{'] })
    expect(value).toEqual({ a: '', b: ['ok', ''] })
    expect(problems.map(({ path }) => path)).toEqual([['a'], ['b', 1]])
  })

  test('hands on what has no template as it is', () => {
    const plain = { a: [1, 'b'], c: { d: null } }
    expect(fill(plain).value).toBe(plain)
    expect(fill({ plain, text: '{{ 1 }}' }).value).toMatchObject({ plain })
  })

  test('keeps keys that are named like a prototype', () => {
    expect(fill(JSON.parse('{"__proto__": "{{ 1 }}"}')).value).toEqual(JSON.parse('{"__proto__": "1"}'))
  })

  test('changes no JSON without templates', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(!JSON.stringify(value).includes('{{') && !JSON.stringify(value).includes('{%'))
        expect(fill(value)).toEqual({ value, problems: [] })
      }),
    )
  })
})

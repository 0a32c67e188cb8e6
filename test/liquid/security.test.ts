import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseTemplate, STUDIO_LIQUID, templateProblems } from '../../src/liquid/template.ts'
import { CONTEXT, expectAll, NOW, rendered } from './liquid.ts'

test('nothing of a prototype can be reached', () => {
  const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf']
  const templates = names.flatMap((name) => [
    `{{ ${name} }}`,
    `{{ ["${name}"] }}`,
    `{{ flow.${name} }}`,
    `{{ flow["${name}"] }}`,
    `{{ flow.variables.name.${name} }}`,
    `{{ widgets.http.parsed.rows.${name} }}`,
    `{{ widgets.http.parsed.total.${name} }}`,
    `{% assign x = "a" %}{{ x.${name} }}`,
    `{% for a in flow %}{{ forloop.${name} }}{{ a.${name} }}{% endfor %}`,
    `{{ widgets.http.parsed.rows | map: "${name}" }}`,
  ])
  expect(templates.filter((template) => rendered(template) !== '')).toEqual([])
})

test('keys that are named like a prototype are plain data', () => {
  const data: Readonly<Record<string, unknown>> = JSON.parse(
    '{"v": {"__proto__": {"a": 1}, "constructor": "c"}, "__proto__": "own"}',
  )
  const template = '{{ v.__proto__.a }} {{ v.constructor }} {{ __proto__ }} {{ v }} {{ v | to_json }}'
  expect(rendered(template, data)).toBe(
    '1 c own {__proto__={a=1}, constructor=c} {"__proto__":{"a":1},"constructor":"c"}',
  )
})

test('setting a variable named like a prototype changes nothing but that variable', () => {
  expect(
    rendered('{% assign __proto__ = "x" %}{% capture constructor %}y{% endcapture %}{{ __proto__ }}{{ constructor }}'),
  ).toBe('xy')
  expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
  const evaluated = parseTemplate('{{ nope | default: __proto__: 1 }}', STUDIO_LIQUID).evaluate({}, NOW)
  expect(evaluated).toEqual({ ok: true, value: JSON.parse('{"__proto__": 1}') })
})

test("liquidjs' own tags and filters are not there", () => {
  expectAll([
    ["{% render 'a' %}", undefined],
    ["{% layout 'a' %}", undefined],
    ['{% block a %}{% endblock %}', undefined],
    ['{% liquid echo "a" %}', undefined],
    ['{% echo "a" %}', undefined],
    ['{{ flow | where_exp: "a", "a" }}', undefined],
    ['{{ flow | find_exp: "a", "a" }}', undefined],
    ['{{ flow | json }}', undefined],
    ['{{ flow | inspect }}', undefined],
    ['{{ flow | raw }}', undefined],
  ])
})

test('customer text with templates in it is not rendered again', () => {
  expect(rendered('{{ v }}{{ v | append: "}}" }}', { v: '{{ secret }}', secret: 's' })).toBe(
    '{{ secret }}{{ secret }}}}',
  )
})

describe('a template that would grow without bounds fails', () => {
  const bombs: Readonly<Record<string, string>> = {
    'captures in captures': captures(24),
    'a capture that doubles itself': `{% assign a = "xxxxxxxxxx" %}${'{% capture a %}{{ a }}{{ a }}{% endcapture %}'.repeat(30)}`,
    'text appended to itself': `{% assign a = "xxxxxxxxxx" %}${'{% assign a = a | append: a %}'.repeat(40)}{{ a | size }}`,
    'text put into itself': `{% assign a = "xxxxxxxxxx" %}${'{% assign a = a | replace: "x", a %}'.repeat(10)}{{ a | size }}`,
    'text put between its characters': '{{ long | replace: "", long | size }}',
    'a long text joined with itself': '{{ long | split: "" | join: long | size }}',
    'a list that doubles itself': `{% assign l = long | split: "" %}${'{% assign l = l | concat: l %}'.repeat(30)}{{ l | size }}`,
    'a long date': '{{ 0 | date: dates | size }}',
    'a long range': '{% for i in (1..2000000000) %}{% endfor %}',
    'a value nested deeply': '{{ deep }}',
    'a value nested deeply, as JSON': '{{ deep | to_json }}',
    'a value nested deeply, compared': '{{ deep | uniq | size }}{{ deep == other }}{{ deep | append: "x" }}',
  }
  const nested = () => JSON.parse('['.repeat(20_000) + ']'.repeat(20_000))
  const context = { long: 'x'.repeat(60_000), dates: '%c'.repeat(30_000), deep: nested(), other: nested() }

  test.each(Object.entries(bombs))('%s', (_name, text) => {
    const template = parseTemplate(text, STUDIO_LIQUID)
    expect(template.parseError).toBeUndefined()
    expect(template.render(context, NOW).ok).toBe(false)
  })
})

/** Twice what the captures inside write, at each level. */
function captures(depth: number): string {
  return depth === 0 ? 'x'.repeat(16) : `{% capture c %}${captures(depth - 1)}{% endcapture %}{{ c }}{{ c }}`
}

test('work on long texts is bounded, whatever the filter', () => {
  const long = { s: 'a&<script> "%41é'.repeat(4_000), digits: `${'1'.repeat(60_000)}x` }
  const filters = [
    'upcase',
    'escape',
    'escape_once',
    'strip_html',
    'url_encode',
    'url_decode',
    'strip',
    'truncatewords',
    'to_json',
  ]
  for (const filter of filters) {
    const template = parseTemplate(`{% assign a = s | ${filter} %}`.repeat(400), STUDIO_LIQUID)
    expect(template.render(long, NOW)).toMatchObject({ ok: false, error: expect.stringContaining('too much work') })
  }
  expect(rendered('{{ digits | plus: 1 }}', long)).toBeUndefined()
})

describe('a template that is too long or too deep is refused', () => {
  const refused: Readonly<Record<string, string>> = {
    'too long': `{{ a }}${' '.repeat(STUDIO_LIQUID.templateLength)}`,
    'tags in tags': '{% if a %}'.repeat(100) + '{% endif %}'.repeat(100),
    'parentheses in parentheses': `{{ ${'('.repeat(100)}a${')'.repeat(100)} }}`,
    'brackets in brackets': `{{ a${'[a'.repeat(100)}${']'.repeat(100)} }}`,
    'a tag with too many words': `{{ a${' == a'.repeat(1_000)} }}`,
  }
  test.each(Object.entries(refused))('%s', (_name, text) => {
    expect(templateProblems(text, STUDIO_LIQUID)).toHaveLength(1)
  })
})

test('16,384 characters are written, one more is not', () => {
  const long = { a: 'x'.repeat(16_384) }
  expect(rendered('{{ a }}', long)).toHaveLength(16_384)
  expect(rendered('{{ a }}!', long)).toBeUndefined()
  expect(rendered('{% capture b %}{{ a }}!{% endcapture %}', long)).toBeUndefined()
})

describe('for any template', () => {
  const pieces = fc.constantFrom(
    ...[
      '{{',
      '}}',
      '{%',
      '%}',
      '{{-',
      '-%}',
      '|',
      ':',
      ',',
      '"',
      "'",
      '(',
      ')',
      '[',
      ']',
      '..',
      '.',
      ' ',
      '\n',
      '-',
      '!',
      '1',
      '2.5',
      'x',
      'é',
    ],
    ...[
      'flow',
      'widgets.http.parsed.rows',
      'if',
      'endif',
      'else',
      'for i in',
      'endfor',
      'raw',
      'endraw',
      'comment',
      'endcomment',
      'case',
      'when',
    ],
    ...[
      'capture a',
      'endcapture',
      'assign a =',
      'cycle',
      'increment a',
      'and',
      '==',
      'contains',
      'plus',
      'date',
      'split',
      'sort',
      'map',
      'to_json',
    ],
  )
  const templates = fc.array(pieces, { maxLength: 40 }).map((words) => words.join(' '))

  test('parsing and rendering never throw, and the text is never longer than the limit', () => {
    fc.assert(
      fc.property(fc.oneof(templates, fc.string()), (text) => {
        const template = parseTemplate(text, STUDIO_LIQUID)
        const [result, again] = [template.render(CONTEXT, NOW), template.render(CONTEXT, NOW)]
        expect(again).toEqual(result)
        expect(template.evaluate(CONTEXT, NOW).ok).toBe(result.ok)
        if (result.ok) expect(result.text.length).toBeLessThanOrEqual(STUDIO_LIQUID.outputLength)
      }),
      { numRuns: 500 },
    )
  })

  const expressions = fc
    .tuple(
      fc.constantFrom('v', 'v.a', 'v[0]', '"text"', '3', '2.5', 'nil'),
      fc.array(
        fc.constantFrom(
          'plus: v',
          'append: v',
          'split: ""',
          'sort',
          'map: "a"',
          'join',
          'date: "%c"',
          'round: 2',
          'slice: 0, 2',
          'uniq',
          'to_json',
          'url_decode',
          'strip_html',
          'truncate: 3',
          'size',
          'default: v',
        ),
        { maxLength: 4 },
      ),
    )
    .map(([start, filters]) => `{{ ${[start, ...filters].join(' | ')} }}{% for a in v %}{{ a }}{% break %}{% endfor %}`)

  test('no value of the context makes a render throw', () => {
    fc.assert(
      fc.property(expressions, fc.jsonValue(), (text, v) => {
        expect(parseTemplate(text, STUDIO_LIQUID).render({ v }, NOW)).toHaveProperty('ok')
      }),
      { numRuns: 500 },
    )
  })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { referencesOf } from '../../src/liquid/references.ts'
import { parseTemplate, STUDIO_LIQUID } from '../../src/liquid/template.ts'

function of(text: string) {
  return referencesOf(text, STUDIO_LIQUID)
}

function pathsOf(text: string) {
  return of(text).reads.map(({ path }) => path.map((key) => key ?? '*').join('.'))
}

test.each<[template: string, paths: string[]]>([
  ['no template', []],
  ['{{widgets.ask.Digits}}', ['widgets.ask.Digits']],
  ['{{ widgets. ask\n .Digits }}', ['widgets.ask.Digits']],
  ['{{ widgets.ask-twice.Digits }}', ['widgets.ask-twice.Digits']],
  ['{{ widgets["ask me"].Digits }}', ['widgets.ask me.Digits']],
  ["{{ ['flow'] }}", ['flow']],
  ['{{ flow.data.list[0].name }}', ['flow.data.list.0.name']],
  ['{{ widgets[flow.variables.name].Digits }}', ['flow.variables.name', 'widgets.*.Digits']],
  ['{{ flow.a | append: flow.b | default: contact.c }}', ['flow.a', 'flow.b', 'contact.c']],
  ['{% if flow.a == flow.b and flow.c %}{{ flow.d }}{% endif %}', ['flow.a', 'flow.b', 'flow.c', 'flow.d']],
  ['{% case flow.a %}{% when flow.b %}{{ flow.c }}{% endcase %}', ['flow.a', 'flow.b', 'flow.c']],
  ['{% for i in flow.list limit: flow.n %}{{ i.name }}{% endfor %}', ['flow.list', 'flow.n']],
  ['{% assign a = flow.x %}{{ a }}{% capture b %}{{ flow.y }}{% endcapture %}{{ b }}', ['flow.x', 'flow.y']],
  ['{% for i in flow.list %}{{ forloop.index }}{% endfor %}{% increment n %}{{ n }}', ['flow.list']],
  ['{% tablerow i in flow.list %}{{ tablerowloop.col }}{% endtablerow %}', ['flow.list']],
  ['{% comment %}{{ flow.a }}{% endcomment %}{% raw %}{{ flow.b }}{% endraw %}', []],
  ['{{ "flow.a" }}{{ 1 }}{{ true }}{{ nil }}', []],
])('%s reads %j', (template, paths) => {
  expect(pathsOf(template)).toEqual(paths)
})

test('a read knows its place, the filters behind it and whether it is a test', () => {
  expect(of('Hi\n{% if flow.a %}{{- flow.b | plus: flow.c | default: 1 }}{% endif %}').reads).toEqual([
    { path: ['flow', 'a'], offset: 9, filters: [], isTested: true },
    { path: ['flow', 'b'], offset: 22, filters: ['plus', 'default'], isTested: false },
    { path: ['flow', 'c'], offset: 37, filters: [], isTested: false },
  ])
})

test('every unknown filter is told with its place', () => {
  expect(of('{{ a | nosuch | upcase }} {{ b | nosuch: 1 }}')).toMatchObject({
    unknownFilters: [
      { name: 'nosuch', offset: 7 },
      { name: 'nosuch', offset: 33 },
    ],
  })
})

test.each<[template: string, offset: number, message: string]>([
  ['Hello {{ name', 6, 'output "{{ name" not closed'],
  ['Hello\n{{ a + b }}', 11, 'unexpected "+ b "'],
  ['{{ a.b. }}', 8, 'expected a key, found the end of the tag'],
  ['{{ a b }}', 5, 'expected the end of the tag, found "b"'],
  ['x{% if a %}{{ b }}', 1, '{% elsif %} or {% else %} or {% endif %} is missing'],
  ['{% if a %}{{ b | }}{% endif %}', 17, 'expected a name, found the end of the tag'],
  ['{% frob %}', 0, 'tag "frob" not found'],
  ['{% for in b %}', 7, 'expected a name, found "in"'],
  [`{{ a }}${' '.repeat(40_000)}`, 0, 'the template has more than 32768 characters'],
])('%# a template that does not parse says why and where', (template, offset, message) => {
  expect(of(template).fault).toEqual({ offset, message })
})

test('there is a fault or an unknown filter whenever a template does not parse, and only then', () => {
  const piece = fc.constantFrom('{{', '}}', '{%', '%}', 'if', 'endif', ' ', 'a', '.', '|', 'upcase', '"', '[', ']', '1')
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
  fc.assert(
    fc.property(text, (template) => {
      const { fault, unknownFilters } = of(template)
      const parses = parseTemplate(template, STUDIO_LIQUID).parseError === undefined
      expect(fault === undefined && unknownFilters.length === 0).toBe(parses)
      if (fault) expect(fault.offset).toBeLessThanOrEqual(template.length)
    }),
    { numRuns: 2000 },
  )
})

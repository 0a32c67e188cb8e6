import { test } from 'vitest'
import { expectAll } from './liquid.ts'

test('what is not there prints as nothing', () => {
  expectAll([
    ['[{{ nope }}]', '[]'],
    ['[{{ nope.a.b[0].c }}]', '[]'],
    ['[{{ flow.variables.none }}]', '[]'],
    ['[{{ flow.variables.nope.deeper }}]', '[]'],
    ['[{{ flow.variables.name.first }}]', '[]'],
  ])
})

test('a path may have blanks, newlines, hyphens, brackets and words of tags in it', () => {
  expectAll([
    ['{{ widgets. http\n . parsed .ok }}', 'true'],
    ['{{ flow.variables.a-b }}', 'dash'],
    ['{{ widgets["gather"].Digits }}', '5'],
    ["{{ widgets['gather']['Digits'] }}", '5'],
    ['{{ ["flow"] }}', '{variables={count=2, name=Ana, a-b=dash, none=null, empty=}}'],
    ['{% assign i = 1 %}{{ widgets.http.parsed.rows[i].name }}', 'two'],
    ['{{ flow.end }}{{ flow.if }}', ''],
    [
      '{{ widgets.http.parsed.rows.size }} {{ widgets.http.parsed.tags.first }} {{ widgets.http.parsed.tags.last }}',
      '2 b a',
    ],
    ['{{ widgets.http.parsed.tags.0 }}', undefined],
  ])
})

test('an index past the end of a list fails the template, a key that is not there does not', () => {
  expectAll([
    ['{{ widgets.http.parsed.rows[2] }}', undefined],
    ['{{ widgets.http.parsed.rows[-1] }}', undefined],
    ['{{ widgets.http.parsed["rows"]["a"] }}', ''],
    ['{{ flow.variables.name[5] }}', ''],
  ])
})

test('values print as Java prints them', () => {
  expectAll([
    ['{{ widgets.http.parsed.rows }}', '{id=1, name=one}{id=2, name=two}'],
    ['{{ widgets.http.parsed }}', '{ok=true, total=2.5, rows=[{id=1, name=one}, {id=2, name=two}], tags=[b, a]}'],
    ['{{ 1.5 | times: 2 }} {{ 10000000.5 | times: 10 }} {{ 0.0001 | times: 1 }}', '3.0 1.00000005E8 1.0E-4'],
    ['{{ 9223372036854775807 | plus: 1 }}', '-9223372036854775808'],
    ['{{ 9007199254740993 }}', '9007199254740993'],
    ['{{ 99999999999999999999 }}', undefined],
    ['{{ true }} {{ nil }} {{ "a" }} {{ 3.0 }}', 'true  a 3.0'],
  ])
})

test('numbers are compared with numbers only', () => {
  expectAll([
    ['{% if widgets.gather.Digits > 3 %}y{% else %}n{% endif %}', 'n'],
    ['{% assign n = widgets.gather.Digits | plus: 0 %}{% if n > 3 %}y{% else %}n{% endif %}', 'y'],
    ['{{ widgets.gather.Digits == 5 }} {{ widgets.gather.Digits == "5" }}', 'false true'],
    ['{{ 1 == 1.0 }} {{ 2 <> 3 }} {{ "b" > "a" }}', 'true true false'],
  ])
})

test('"empty" equals empty text, lists and maps; "blank" equals nothing', () => {
  expectAll([
    [
      '{{ flow.variables.empty == empty }} {{ flow.variables.none == empty }} {{ flow.variables.name == empty }}',
      'true false false',
    ],
    ['{{ flow.variables.empty == blank }}', 'false'],
  ])
})

test('"contains" looks into text, and into lists by kind and value', () => {
  expectAll([
    ['{{ trigger.message.Body contains "there" }}', 'true'],
    ['{{ widgets.http.parsed.tags contains "a" }}', 'true'],
    ['{{ widgets.http.parsed.rows contains 1 }}', 'false'],
    ['{{ nope contains "a" }}', 'false'],
  ])
})

test('"and" and "or" bind to the right', () => {
  expectAll([
    ['{{ false and false or true }}', 'false'],
    ['{{ true or false and false }}', 'true'],
    ['{{ (false and false) or true }}', 'true'],
    ['{{ 1 == 1 and 2 > 1 }}', 'true'],
  ])
})

test('only nil and false are false', () => {
  expectAll([
    ['{% if 0 %}y{% endif %}{% if "" %}y{% endif %}{% if nil %}n{% endif %}{% if false %}n{% endif %}', 'yy'],
    ['{% if flow.variables.empty %}y{% else %}n{% endif %}{% if nope %}y{% else %}n{% endif %}', 'yn'],
  ])
})

test('what Liqp has no word for is refused', () => {
  expectAll([
    ['{{ a + 1 }}', undefined],
    ['{{ a - 1 }}', undefined],
    ['{{ 5-3 }}', undefined],
    ['{{ v.Ž }}', undefined],
    ['{{ @a }}', undefined],
    ['{{ a ? 1 : 2 }}', undefined],
    ['{{ (1..3) }}', undefined],
    ['{{ }}', undefined],
    ['{{ a', undefined],
    ['{{ "a }}', undefined],
    ['{% if a = 1 %}{% endif %}', undefined],
  ])
})

test('half a sign is passed over once, as Liqp does', () => {
  expectAll([
    ['{{ flow.variables.name! }}', 'Ana'],
    ['a {{{ flow.variables.name }}} b', 'a Ana} b'],
    ['{{ flow.variables.name! }}{{ flow.variables.name! }}', undefined],
  ])
})

test('quotes hide delimiters, and a backslash escapes nothing', () => {
  expectAll([
    ['{{ "}} %}" }}', '}} %}'],
    ['{% if "%}" == "a" %}y{% else %}n{% endif %}', 'n'],
    ['{{ "\\" | append: "x" }}', '\\x'],
  ])
})

test('hyphens at delimiters take the ASCII blanks around away', () => {
  expectAll([
    [' a \n\t{{- " x " -}}\r\n b ', ' a x b '],
    ['a {%- if true -%} b {%- endif -%} c', 'abc'],
    ['a\u00A0{{- "x" }}', 'a\u00A0x'],
    ['{{ flow.variables.a-b}}', 'dash'],
    ['[{{ nope-}} ]', '[ ]'],
  ])
})

import { test } from 'vitest'
import { expectAll } from './liquid.ts'

test('arithmetic takes text that reads as a number, and nothing for 0', () => {
  expectAll([
    ['{{ flow.variables.count | plus: 1 }}', '3'],
    ['{{ nope | plus: 1 }}', '1'],
    ['{{ 10 | divided_by: 3 }} {{ 10 | divided_by: 4.0 }} {{ "7" | modulo: "4" }}', '3 2.5 3'],
    ['{{ " 2 " | times: 3 }} {{ "1e1" | minus: 1 }}', '6 9.0'],
    ['{{ -7 | abs }} {{ "-2.5" | abs }} {{ "x" | abs }}', '7 2.5 x'],
  ])
})

test('arithmetic refuses other text, a division by zero and a wrong count of arguments', () => {
  expectAll([
    ['{{ "two" | plus: 1 }}', undefined],
    ['{{ "" | plus: 1 }}', undefined],
    ['{{ 1 | plus: nope }}', undefined],
    ['{{ 1 | divided_by: 0 }}', undefined],
    ['{{ 1 | plus }}', undefined],
    ['{{ 1 | plus: 1, 2 }}', undefined],
  ])
})

test('numbers are rounded', () => {
  expectAll([
    ['{{ 2.5 | round }} {{ 2 | round: 2 }} {{ -2.345 | round: 1 }} {{ "x" | round }}', '3 2.00 -2.3 0'],
    ['{{ 2.1 | ceil }} {{ "-2.1" | floor }} {{ "x" | ceil }}', '3 -3 x'],
    ['{{ 4 | at_least: 5 }} {{ 4 | at_most: 3 }} {{ "4" | at_most: 5 }}', '5 3 4.0'],
  ])
})

test('text is changed', () => {
  expectAll([
    ['{{ "hello World" | capitalize }} {{ "aB" | upcase }} {{ "aB" | downcase }}', 'Hello World AB ab'],
    ['{{ "b" | append: "c" | prepend: "a" }}', 'abc'],
    ['{{ contact.channel.address | replace: "+", "%2B" }}', '%2B15551234567'],
    [
      '{{ "aXbX" | replace_first: "X", "$&" }} {{ "aXbX" | remove: "X" }} {{ "aXbX" | remove_first: "X" }}',
      'a$&bX ab abX',
    ],
    ['[{{ " a " | strip }}] [{{ " a " | lstrip }}] [{{ " a " | rstrip }}]', '[a] [a ] [ a]'],
    ['{{ "abcdefgh" | truncate: 5 }} {{ "one two three" | truncatewords: 2, "!" }}', 'ab... one two!'],
    ['{{ "abcdef" | slice: -3, 2 }} {{ "abc" | slice: 1 }} [{{ "abc" | slice: 9 }}]', 'de b []'],
    ['{{ "a\nb" | newline_to_br }} {{ "a\nb" | strip_newlines }}', 'a<br />\nb ab'],
    ['{{ "a,b,,c,," | split: "," | join: "+" }} {{ "abc" | split: "" | join }}', 'a+b++c a b c'],
    ['{{ "a" | replace: nope, "b" }}', undefined],
    ['{{ "a" | replace: "a", nope }}', undefined],
  ])
})

test('"default" replaces nothing, false and what is empty', () => {
  expectAll([
    ['{{ nope | default: "d" }} {{ "" | default: "d" }} {{ false | default: "d" }} {{ 0 | default: "d" }}', 'd d d 0'],
  ])
})

test('lists are changed', () => {
  expectAll([
    ['{{ widgets.http.parsed.tags | sort | join: ", " }} {{ widgets.http.parsed.tags | reverse | first }}', 'a, b a'],
    ['{{ widgets.http.parsed.rows | map: "name" | join: " " }}', 'one two'],
    ['{{ widgets.http.parsed.rows | sort: "name" | last | to_json }}', '{"id":2,"name":"two"}'],
    ['{{ "b,A,b" | split: "," | uniq | sort_natural | join: "," }}', 'A,b'],
    ['{{ widgets.http.parsed.tags | concat: widgets.http.parsed.tags | size }}', '4'],
    ['{{ widgets.http.parsed.rows | sort }}', undefined],
    ['{{ widgets.http.parsed.rows | sort: "nope" }}', undefined],
    ['{{ widgets.http.parsed.tags | map: "a" }}', undefined],
    ['{{ "a" | sort }}', undefined],
  ])
})

test('"size" of a number is 8, as in Liqp', () => {
  expectAll([['{{ 12345 | size }} {{ "12345" | size }} {{ nope | size }} {{ flow | size }}', '8 5 0 0']])
})

test('"to_json" writes compact JSON of any value', () => {
  expectAll([
    ['"rows": {{ widgets.http.parsed.rows | to_json }}', '"rows": [{"id":1,"name":"one"},{"id":2,"name":"two"}]'],
    ['{{ nope | to_json }} {{ "a\n/é" | to_json }} {{ 3.0 | to_json }}', 'null "a\\n/é" 3.0'],
  ])
})

test('text is made safe for HTML and URLs', () => {
  expectAll([
    ['{{ \'<a href="x">&lt;\' | escape }}', '&lt;a href=&quot;x&quot;&gt;&amp;lt;'],
    ["{{ '<&lt;' | escape_once }} {{ '&' | h }}", '&lt;&lt; &amp;'],
    ["{{ '<p>a</p><p>b &amp; c</p><script>x</script><!-- y --> 1 < 2' | strip_html }}", 'a b & c 1 < 2'],
    ["{{ contact.channel.address | url_encode }} {{ 'a b&ü' | url_encode }}", '%2B15551234567 a+b%26%C3%BC'],
    ["{{ 'a+b%26%C3%BC' | url_decode }} {{ '100%' | url_decode }}", 'a b&ü 100%'],
  ])
})

test('a filter that is not there is found when the template is parsed', () => {
  expectAll([
    ['{{ "a" | nosuch }}', undefined],
    ['{{ "a" | Upcase }}', undefined],
    ['{% if false %}{{ "a" | nosuch }}{% endif %}', undefined],
  ])
})

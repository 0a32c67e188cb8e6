import { expect, test } from 'vitest'
import { parseTemplate, STUDIO_LIQUID } from '../../src/liquid/template.ts'
import { expectAll } from './liquid.ts'

test('"if", "unless" and "case" choose a branch', () => {
  expectAll([
    ['{% if nope %}a{% elsif flow.variables.name == "Ana" %}b{% else %}c{% endif %}', 'b'],
    ['{% unless nope %}a{% else %}b{% endunless %}', 'a'],
    [
      '{% case widgets.gather.Digits %} x {% when "1" or "2" %}low{% when "5", "6" %}five{% else %}other{% endcase %}',
      'five',
    ],
    ['{% case nope %}{% when 1 %}a{% else %}b{% endcase %}', 'b'],
  ])
})

test('a loop goes over a list, a map, a range or a single value', () => {
  expectAll([
    [
      '{% for row in widgets.http.parsed.rows %}{{ row.name }}{% unless forloop.last %}, {% endunless %}{% endfor %}',
      'one, two',
    ],
    ['{% for pair in widgets.gather %}{{ pair[0] }}={{ pair[1] }};{% endfor %}', 'Digits=5;SipHeader_X=x;'],
    ['{% for i in (1..3) %}{{ i }}{% endfor %}', '123'],
    ['{% for a in flow.variables.name %}<{{ a }}>{% endfor %}', '<Ana>'],
    ['{% for a in nope %}x{% else %}none{% endfor %}', 'none'],
    ['{% for i in (1..9) limit:2 offset:1 %}{{ i }}{% endfor %}', '23'],
  ])
})

test('"forloop" tells where a loop stands', () => {
  expectAll([
    [
      '{% for a in widgets.http.parsed.tags %}{{ forloop.index }}{{ forloop.index0 }}{{ forloop.rindex }}{{ forloop.first }} {% endfor %}',
      '102true 211false ',
    ],
  ])
})

test('"break" and "continue" end a loop or a turn, and what their block has written is lost', () => {
  expectAll([
    ['{% for i in (1..5) %}{% if i == 3 %}{% break %}{% endif %}{{ i }}{% endfor %}', '12'],
    ['{% for i in (1..4) %}{% if i == 2 %}{% continue %}{% endif %}{{ i }}{% endfor %}', '134'],
    ['{% for i in (1..3) %}a{% if i == 2 %}lost{% break %}{% endif %}{% endfor %}', 'aa'],
    ['a{% break %}b', ''],
  ])
})

test('loops over a range end without a word when something in them fails', () => {
  expectAll([
    ['{% for i in (0..5) %}{{ widgets.http.parsed.tags[i] }} {% endfor %}.', 'b a .'],
    ['{% for a in widgets.http.parsed.tags %}{{ widgets.http.parsed.tags[9] }}{% endfor %}', undefined],
  ])
})

test('variables set in a loop are there after it', () => {
  expectAll([
    [
      '{% assign sum = 0 %}{% for row in widgets.http.parsed.rows %}{% assign sum = sum | plus: row.id %}{% endfor %}{{ sum }}',
      '3',
    ],
    ['{% capture text %}<{{ flow.variables.name }}>{% endcapture %}{{ text }}{{ text | size }}', '<Ana>5'],
    ['{% assign flow = 1 %}{{ flow }}', '1'],
    ['{% for i in (1..2) %}{% endfor %}[{{ i }}]', '[]'],
  ])
})

test('counters count', () => {
  expectAll([
    ['{% increment n %}{% increment n %}{{ n }} {% decrement m %}{% decrement m %}', '012 -1-2'],
    ['{% for i in (1..3) %}{% cycle "a", "b" %}{% endfor %}', 'aba'],
    ['{% for row in widgets.http.parsed.rows %}{% ifchanged %}x{% endifchanged %}{% endfor %}', 'x'],
  ])
})

test('tables, raw text and comments are written', () => {
  expectAll([
    [
      '{% tablerow t in widgets.http.parsed.tags cols:1 %}{{ t }}{% endtablerow %}',
      '<tr class="row1">\n<td class="col1">b</td></tr>\n<tr class="row2"><td class="col1">a</td></tr>\n',
    ],
    ['{% raw %}{{ a }} {% if %}{% endraw %}', '{{ a }} {% if %}'],
    ["a{% comment %} it's {{ b | nosuch }} {% if %} {% endcomment %}c", 'ac'],
    ["[{% include 'x' %}]", '[]'],
  ])
})

test('tags that Liqp 0.7.9 lacks, or that are put wrongly, are refused', () => {
  expectAll([
    ["{% render 'x' %}", undefined],
    ["{% layout 'x' %}", undefined],
    ['{% liquid assign a = 1 %}', undefined],
    ['{% echo "a" %}', undefined],
    ['{% # comment %}', undefined],
    ['{% nosuch %}', undefined],
    ['{% if true %}', undefined],
    ['{% endif %}', undefined],
    ['{% else %}', undefined],
    ['{% if true %}{% endfor %}', undefined],
    ['{% for a in b reversed %}{% endfor %}', undefined],
    ['{% for i in (1..2) %}{% else %}{% endfor %}', undefined],
    ['{% assign a = (1..3) %}', undefined],
    ['{% case 1 %}{% endcase %}', undefined],
    ['{% case 1 %}{{ 1 }}{% when 1 %}{% endcase %}', undefined],
    ['{% raw %}', undefined],
    ['{% comment %}', undefined],
  ])
})

test('the sixteenth turn of all loops together fails the template', () => {
  expectAll([
    ['{% for i in (1..15) %}.{% endfor %}', '...............'],
    ['{% for i in (1..16) %}.{% endfor %}', undefined],
    ['{% for i in (1..8) %}.{% endfor %}{% for i in (1..8) %}.{% endfor %}', undefined],
    ['{% for i in (1..4) %}{% for j in (1..3) %}.{% endfor %}{% endfor %}', undefined],
  ])
})

test('the number of turns is a setting, and each render counts anew', () => {
  const template = parseTemplate('{% for i in (1..20) %}.{% endfor %}', { ...STUDIO_LIQUID, turns: 20 })
  const twice = [template.render({}, 0), template.render({}, 0)]
  expect(twice).toEqual([1, 2].map(() => ({ ok: true, text: '.'.repeat(20) })))
})

import { expect, test } from 'vitest'
import { parseTemplate, STUDIO_LIQUID } from '../../src/liquid/template.ts'
import { expectAll, NOW } from './liquid.ts'

test('"now" is the time of the step, in Pacific time', () => {
  expectAll([['{{ "now" | date: "%Y-%m-%d %H:%M:%S %Z" }}', '2026-03-14 08:09:26 PDT']])
})

test('a number is seconds, and two forms of text are dates', () => {
  expectAll([
    ['{{ 0 | date: "%c" }}', 'Wed Dec 31 16:00:00 1969'],
    ['{{ "1773500966" | date: "%A, %B %e" }}', 'Saturday, March 14'],
    ['{{ "2026-03-14 15:09:26" | date: "%l:%M %p" }}', '3:09 PM'],
    ['{{ "Sat Mar 14 03:09:26 2026" | date: "%x %X" }}', '03/14/26 03:09:26'],
    ['{{ "2026-13-40 99:00:00" | date: "%Y-%m-%d %H" }}', '2027-02-13 03'],
    ['{{ "26-1-2 3:4:5" | date: "%Y" }}', '0026'],
  ])
})

test('what cannot be read as a date stays as it is', () => {
  expectAll([
    ['{{ "2026-03-14T15:09:26Z" | date: "%Y" }}', '2026-03-14T15:09:26Z'],
    ['{{ "soon" | date: "%Y" }}', 'soon'],
    ['{{ 0 | date: "" }}{{ 0 | date }}', '00'],
    ['{{ 9999999999999999 | date: "%Y" }}', '9999999999999999'],
  ])
})

test('an unknown directive stays as it stands', () => {
  expectAll([['{{ 0 | date: "%N %s %q %" }}', '%N %s %q %']])
})

test('weeks are American, and "%w" is the week of the month', () => {
  expectAll([
    ['{{ "2026-01-03 00:00:00" | date: "%U %w" }} {{ "2026-01-04 00:00:00" | date: "%W %w %j" }}', '01 1 02 1 004'],
  ])
})

test('where the clock is put forward or back, standard time counts', () => {
  expectAll([
    ['{{ "2026-03-08 02:30:00" | date: "%H:%M %Z" }}', '03:30 PDT'],
    ['{{ "2026-11-01 01:30:00" | date: "%H:%M %Z" }}', '01:30 PST'],
  ])
})

test('the time zone is a setting', () => {
  const template = parseTemplate('{{ "now" | date: "%H:%M %Z" }}', { ...STUDIO_LIQUID, timezone: 'UTC' })
  expect(template.render({}, NOW)).toEqual({ ok: true, text: '15:09 UTC' })
})

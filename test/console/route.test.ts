import { expect, test } from 'vitest'
import { hashOf, routeOf } from '../../src/console/route.ts'

test.each([
  '#/flows',
  '#/connect',
  '#/flows/FW1/canvas',
  '#/flows/FW1/canvas?sel=main_menu&sel=Caf%C3%A9+%2F+bar',
  '#/flows/FW1/executions/FN1?step=3',
  '#/flows/FW1/revisions/7',
])('%s is an address that leads back to itself', (hash) => {
  expect(hashOf(routeOf(hash))).toBe(hash)
})

test.each([
  ['', '#/flows'],
  ['#', '#/flows'],
  ['#/nowhere', '#/flows'],
  ['#/flows/FW1', '#/flows/FW1/canvas'],
  ['#/flows/FW1/nowhere', '#/flows/FW1/canvas'],
  ['#/flows/FW1/executions/FN1?step=-1', '#/flows/FW1/executions/FN1'],
  ['#/flows/%E0%A4%A', '#/flows/%25E0%25A4%25A/canvas'],
])('an address that is incomplete leads somewhere: "%s" to %s', (hash, shown) => {
  expect(hashOf(routeOf(hash))).toBe(shown)
})

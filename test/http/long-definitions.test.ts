import { expect, test } from 'vitest'
import { serving } from '../support/server.ts'
import { longestTurnDuring } from '../support/turns.ts'
import { post } from './api/own-api.ts'

const WIDGETS = 1_900

/** A chain of widgets that set variables, each to what a function gives. */
function chain(textOf: (index: number) => string) {
  const states = Array.from({ length: WIDGETS }, (_, index) => ({
    name: `w${index}`,
    type: 'set-variables',
    properties: { variables: [{ key: `k${index}`, value: textOf(index) }] },
    transitions: [{ event: 'next', next: `w${(index + 1) % WIDGETS}` }],
  }))
  const trigger = {
    name: 'Trigger',
    type: 'trigger',
    properties: {},
    transitions: [{ event: 'incomingCall', next: 'w0' }],
  }
  return { initial_state: 'Trigger', states: [trigger, ...states] }
}

const other = (index: number) => `w${(index * 131) % WIDGETS}`

test.each([
  [
    'reads what every other one gives',
    chain((index) => `{{widgets.${other(index)}.x}}{{widgets.${other(index * 7)}.y}}`),
  ],
  ['reads what every other one sets', chain((index) => `{{flow.variables.k${(index * 177) % WIDGETS}}}`)],
  ['never waits', chain(() => 'x')],
  ['has much to fill in', chain((index) => `{% if a.b == "${index}" %}{{ a.b | default: "x" }}{% endif %}`.repeat(8))],
])(
  'a flow of thousands of widgets of which each %s is checked without holding up others',
  { retry: 2 },
  async (_, definition) => {
    const parts = await serving({})
    const check = (flow: unknown) => post(parts, 'flows/check', flow)
    await check(chain(() => 'x')) // what judges it is compiled by now

    let problems: unknown
    const longest = await longestTurnDuring(async () => {
      problems = (await check(definition)).body.problems
    })

    expect(problems).toEqual(expect.any(Array))
    expect(longest).toBeLessThan(STALL_MS)
  },
)

/** Reading such a text is one piece of work, and the machine may be shared. */
const STALL_MS = 250

import { expect, test } from 'vitest'
import { findScenarios } from '../../src/scenario/find.ts'
import { widgets } from '../../src/widgets/index.ts'
import { named, playWell } from './play-well.ts'

const FOUND = await findScenarios(['test/scenarios/widgets'])
const taken = new Set<string>()

test.each(FOUND.map(named))('%s', async (_name, found) => {
  const { moves } = await playWell(found)
  const steps = moves.flatMap((move) => move.steps).filter(({ to }) => to !== 'Ended')
  for (const { type, name } of steps) taken.add(`${type}: ${name}`)
})

/** Exits that no scenario can take yet, and why; what is taken all the same has no place here. */
const NOT_YET = {
  'trigger: incomingConversationMessage': 'conversations are not played',
  'capture-payments: providerError': 'no scenario tells what a connector makes of a payment',
  'connect-virtual-agent-v2: completed': 'no scenario tells how a virtual agent ends',
  'connect-virtual-agent-v2: live-agent-handoff': 'no scenario tells how a virtual agent ends',
  'connect-virtual-agent-v2: hangup': 'no scenario tells how a virtual agent ends',
  'connect-virtual-agent-v2: failed': 'no scenario tells how a virtual agent ends',
  'connect-virtual-agent-v2: paused': 'no scenario tells how a virtual agent ends',
  'connect-virtual-agent-v2: timeout': 'no scenario tells how a virtual agent ends',
  'run-conversation-relay: failed': 'no scenario tells how a relay ends',
}

test('every exit of every widget is taken, and leads on', () => {
  const exits = widgets.flatMap(({ type, exits }) => exits.map((exit) => `${type}: ${exit}`))
  expect(exits.filter((exit) => !taken.has(exit))).toEqual(Object.keys(NOT_YET))
})

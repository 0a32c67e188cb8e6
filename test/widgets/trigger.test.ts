import { expect, test } from 'vitest'
import { exit } from '../../src/engine/widget.ts'
import { trigger } from '../../src/widgets/trigger.ts'
import { execution, visit } from '../support/visit.ts'

test.each([
  ['call', 'incomingCall'],
  ['message', 'incomingMessage'],
  ['conversation', 'incomingConversationMessage'],
  ['request', 'incomingRequest'],
] as const)('an execution begun by a %s leaves by %s', (channel, event) => {
  expect(trigger.enter(visit(trigger, {}, { execution: { channel } }))).toEqual(exit(event))
})

test('a subflow leaves by incomingParent, however the execution began', () => {
  const { frames } = execution()
  const below = { execution: { frames: [...frames, ...frames] } }
  expect(trigger.enter(visit(trigger, {}, below))).toEqual(exit('incomingParent'))
})

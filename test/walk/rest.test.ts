import { expect, test } from 'vitest'
import type { EventType } from '../../src/engine/event.ts'
import type { Execution } from '../../src/engine/execution.ts'
import { execution } from '../support/visit.ts'
import { hintsOf } from './hints.ts'
import { wrongRest } from './rest.ts'

const OVER = { call: { sid: 'CA0', live: false } }

test.each<[string, Partial<Execution>]>([
  ['an execution that has ended', { status: 'ended', endedReason: 'FLOW_END' }],
  ['one that waits for its live call', waits(['continued'])],
  ['one that waits for a message', { ...waits(['incoming-message', 'message-status']), ...OVER }],
  ['one that waits for a time', { ...waits(['continued', 'time-ran-out']), ...OVER }],
])('%s rests well', (_case, given) => {
  expect(wrongRest(execution(given))).toBeUndefined()
})

test.each<[string, Partial<Execution>, string]>([
  ['an active execution that waits for nothing', {}, 'waits for nothing'],
  ['one that waits for an answer nobody fetches', waits(['http-responded']), 'is stuck'],
  ['one that waits for a call that is over', { ...waits(['continued']), ...OVER }, 'a call that is over'],
  ['one that waits for a status for ever', waits(['message-status']), 'without a time limit'],
])('%s is found', (_case, given, fault) => {
  expect(wrongRest(execution(given))).toContain(fault)
})

test('walks are steered by what splits compare with and by what is read of answers', () => {
  const conditions = [{ arguments: ['{{widgets.ask.parsed.user.age}}'], type: 'less_than', value: '18' }]
  const match = { event: 'match', next: 'end', conditions }
  const call = { event: 'incomingCall', next: 'ask' }
  const hints = hintsOf({ states: [{ transitions: [call] }, { transitions: [match] }] })
  expect(hints).toMatchObject({ takesCalls: true, takesMessages: false, widgets: 2 })
  expect(hints.values.get('ask')).toEqual(['17'])
  expect(hints.answers.get('user.age')).toContain('17')
})

function waits(events: readonly EventType[]): Partial<Execution> {
  return { waiting: { for: events, dueAt: 1 } }
}

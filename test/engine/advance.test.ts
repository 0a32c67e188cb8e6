import { expect, test } from 'vitest'
import { trigger } from '../../src/widgets/trigger.ts'
import {
  codes,
  contextAfter,
  continued,
  hungUp,
  incomingCall,
  incomingMessage,
  type Places,
  restsAt,
  story,
  walked,
} from '../support/flow.ts'
import { TOYS } from './toys.ts'

const ANSWERED = { type: 'http-responded', outcome: { ok: false, reason: 'x', message: 'x' } } as const
const DAY = 24 * 60 * 60 * 1000

function toyStory(places: Places, first: string) {
  const begin = { type: 'trigger', exits: { incomingCall: first, incomingMessage: first } }
  return story([trigger, ...TOYS], { Trigger: begin, ...places })
}

test('a walk goes on until a widget waits, and each step is an edge of the flow', () => {
  const places = { one: { type: 'pass', exits: { next: 'two' } }, two: { type: 'speak' } }
  const begun = toyStory(places, 'one').started(incomingCall())
  expect(walked(begun)).toEqual(['Trigger incomingCall one', 'one next two'])
  expect(restsAt(begun)).toBe('two')
  expect(begun.execution).toMatchObject({ status: 'active', steps: 2, waiting: { for: ['continued'] } })
  expect(begun.execution.document).toEqual({ xml: '<Response><Say>Hello</Say></Response>' })
})

test('a widget is left when what it waits for happens', () => {
  const { started, resumed } = toyStory(
    { one: { type: 'speak', exits: { next: 'two' } }, two: { type: 'speak' } },
    'one',
  )
  const after = resumed(started(incomingCall()), continued({ Digits: '1' }))
  expect(walked(after)).toEqual(['one next two'])
  expect(contextAfter(after).widgets.one).toMatchObject({ Digits: '1' })
})

test('a widget can ask again in the same visit', () => {
  const { started, resumed } = toyStory({ one: { type: 'speak', properties: { again: true } } }, 'one')
  const after = resumed(started(incomingCall()), continued())
  expect(after.execution.document).toEqual({ xml: '<Response><Say>Again</Say></Response>' })
  expect(after.steps).toEqual([])
})

test('an effect is handed out once', () => {
  const { started, resumed } = toyStory(
    { one: { type: 'fetch', exits: { done: 'two' } }, two: { type: 'speak' } },
    'one',
  )
  const begun = started(incomingCall())
  expect(begun.effect).toMatchObject({ type: 'http-request' })
  const after = resumed(begun, ANSWERED)
  expect(after.effect).toBeUndefined()
  expect(restsAt(after)).toBe('two')
})

test.each([
  ['that leads nowhere', { next: null }, []],
  ['that is not there', {}, [81002]],
])('an exit %s ends the flow', (_what, exits, logged) => {
  const ended = toyStory({ one: { type: 'pass', exits } }, 'one').started(incomingCall())
  expect(walked(ended)).toEqual(['Trigger incomingCall one', 'one next Ended'])
  expect(ended.execution).toMatchObject({ status: 'ended', endedReason: 'FLOW_END', waiting: undefined })
  expect(codes(ended)).toEqual(logged)
  expect(ended.execution.document).toBeUndefined()
})

test('a trigger that leads nowhere makes an execution that has ended', () => {
  const ended = story([trigger], { Trigger: { type: 'trigger', exits: { incomingCall: null } } }).started(
    incomingCall(),
  )
  expect(ended.execution).toMatchObject({ status: 'ended', endedReason: 'FLOW_END', steps: 1 })
  expect(contextAfter(ended).widgets).toEqual({})
})

test('a failed delivery for which there is no arrow leaves the widget waiting', () => {
  const { started, resumed } = toyStory({ one: { type: 'listen', exits: { heard: null } } }, 'one')
  const after = resumed(started(incomingMessage()), { type: 'message-status', params: { MessageStatus: 'failed' } })
  expect(after.execution).toMatchObject({
    status: 'active',
    waiting: { for: ['incoming-message', 'message-status', 'time-ran-out'] },
  })
  expect(codes(after)).toEqual([81002])
})

test('what a widget gave out before it waited is written when it is left', () => {
  const { started, resumed } = toyStory(
    { one: { type: 'listen', exits: { heard: 'two' } }, two: { type: 'listen' } },
    'one',
  )
  const begun = started(incomingMessage())
  expect(contextAfter(begun).widgets).toEqual({})
  const after = resumed(begun, incomingMessage('yes'))
  expect(contextAfter(after).widgets).toMatchObject({ one: { asked: '1', inbound: { Body: 'yes' } } })
})

test('a widget that waits on keeps its time', () => {
  const { started, resumed } = toyStory({ one: { type: 'listen', exits: { timeout: null } } }, 'one')
  const begun = started(incomingMessage(), 1000)
  expect(begun.execution.waiting?.dueAt).toBe(61_000)
  const later = resumed(begun, { type: 'message-status', params: { MessageStatus: 'sent' } }, 30_000)
  expect(later.execution.waiting).toEqual({
    for: ['incoming-message', 'time-ran-out'],
    dueAt: 61_000,
    output: { asked: '1' },
  })
  expect(codes(later)).toEqual([])
  expect(resumed(later, { type: 'time-ran-out' }, 61_000).execution).toMatchObject({
    status: 'ended',
    waiting: undefined,
  })
})

test('a time that is not up yet moves nothing', () => {
  const { started, resumed } = toyStory({ one: { type: 'listen', exits: { timeout: null } } }, 'one')
  const begun = started(incomingMessage(), 1000)

  const early = resumed(begun, { type: 'time-ran-out' }, 60_999)

  expect(early).toMatchObject({ execution: { status: 'active', waiting: begun.execution.waiting }, warnings: [] })
})

test('a request for a visit that is over moves nothing', () => {
  const { started, resumed } = toyStory(
    { one: { type: 'speak', exits: { next: 'two' } }, two: { type: 'speak', exits: { next: null } } },
    'one',
  )
  const begun = started(incomingCall())
  const first = continued({ Digits: '1' })
  const after = resumed(begun, { ...first, step: begun.execution.frames[0]?.step })
  const again = resumed(after, { ...first, step: begun.execution.frames[0]?.step })
  expect(again).toMatchObject({
    steps: [],
    warnings: [],
    execution: { document: after.execution.document, steps: after.execution.steps },
  })
  expect(restsAt(again)).toBe('two')
})

test('the carrier asking again for what it was told moves nothing; a FlowEvent of somebody else does', () => {
  const { started, resumed } = toyStory({ one: { type: 'speak', exits: { next: null } } }, 'one')
  const begun = started(incomingCall())
  expect(resumed(begun, { ...continued(), step: undefined }).steps).toEqual([])
  expect(walked(resumed(begun, { ...continued({ FlowEvent: 'return' }), step: undefined }))).toEqual(['one next Ended'])
})

test('an event that nobody waits for is ignored, with a line in the log', () => {
  const { started, resumed } = toyStory({ one: { type: 'fetch', exits: { done: null } } }, 'one')
  const after = resumed(started(incomingMessage()), incomingMessage('hello?'))
  expect(codes(after)).toEqual([81002])
  expect(after.execution).toMatchObject({ status: 'active', waiting: { for: ['http-responded'] } })
})

test('a widget that leads to itself runs ten times', () => {
  const ended = toyStory({ one: { type: 'pass', exits: { next: 'one' } } }, 'one').started(incomingCall())
  expect(ended.execution).toMatchObject({ status: 'ended', endedReason: 'MAX_WIDGET_REPEATS' })
  expect(walked(ended)).toHaveLength(1 + 10)
  expect(codes(ended)).toEqual([81001])
})

test('ten in a row are counted across waits, and anew after another widget', () => {
  const places = {
    one: { type: 'listen', exits: { heard: 'one', timeout: 'two' } },
    two: { type: 'pass', exits: { next: 'one' } },
  }
  const { started, resumed } = toyStory(places, 'one')
  const say = (before: ReturnType<typeof started>, times: number) =>
    Array.from({ length: times }).reduce<typeof before>((last) => resumed(last, incomingMessage()), before)
  const nine = say(started(incomingMessage()), 9)
  expect(nine.execution.status).toBe('active')
  expect(say(nine, 1).execution.endedReason).toBe('MAX_WIDGET_REPEATS')
  expect(say(resumed(nine, { type: 'time-ran-out' }), 9).execution.status).toBe('active')
})

test('an execution ends after 1,000 steps', () => {
  const places = { one: { type: 'pass', exits: { next: 'two' } }, two: { type: 'pass', exits: { next: 'one' } } }
  const ended = toyStory(places, 'one').started(incomingCall())
  expect(ended.execution).toMatchObject({ status: 'ended', endedReason: 'MAX_STEPS', steps: 1000 })
  expect(ended.steps).toHaveLength(1000)
  expect(codes(ended)).toEqual([81000])
  expect(new Set(ended.steps.map(({ sid }) => sid)).size).toBe(1000)
})

test('an execution that is older than 30 days ends, whatever happens', () => {
  const { started, resumed } = toyStory({ one: { type: 'listen', exits: { heard: 'one' } } }, 'one')
  const begun = started(incomingMessage())
  expect(resumed(begun, incomingMessage(), 30 * DAY).execution.status).toBe('active')
  expect(resumed(begun, incomingMessage(), 30 * DAY + 1).execution).toMatchObject({
    status: 'ended',
    endedReason: 'EXPIRED',
    waiting: undefined,
  })
})

test.each([
  [
    'by the exit for it, where that is connected',
    'speak',
    { hangup: 'after' },
    'FLOW_END',
    ['one hangup after', 'after next Ended'],
    [],
  ],
  ['by the exit for it, where that leads nowhere', 'speak', { hangup: null }, 'FLOW_END', ['one hangup Ended'], []],
  ['with the call, where the flow lists no exit for it', 'speak', {}, 'HANGUP', [], [81002]],
  ['with the call, where the widget has no exit for it', 'tell', { hangup: 'after' }, 'HANGUP', [], [81002]],
])('a caller who hangs up leaves %s', (_how, type, exits, reason, walk, logged) => {
  const { started, resumed } = toyStory({ one: { type, exits }, after: { type: 'pass', exits: { next: null } } }, 'one')
  const after = resumed(started(incomingCall()), { ...hungUp(), step: undefined })
  expect(after.execution).toMatchObject({ status: 'ended', endedReason: reason, call: { live: false } })
  expect(walked(after)).toEqual(walk)
  expect(codes(after)).toEqual(logged)
})

test('a hang-up leaves what the carrier reported', () => {
  const { started, resumed } = toyStory({ one: { type: 'speak', exits: { hangup: null } } }, 'one')
  const after = resumed(started(incomingCall()), hungUp())
  expect(contextAfter(after).widgets).toEqual({ one: { CallSid: 'CA0', CallStatus: 'completed' } })
})

test('a call that brings nothing more is left soon after its end, with what the carrier reported', () => {
  const { started, resumed } = toyStory({ one: { type: 'dial', exits: { hangup: null } } }, 'one')
  const over = resumed(started(incomingCall()), hungUp())
  expect(over.execution).toMatchObject({ status: 'active', waiting: { dueAt: over.execution.updatedAt + 15_000 } })
  const after = resumed(over, { type: 'time-ran-out' })
  expect(walked(after)).toEqual(['one hangup Ended'])
  expect(contextAfter(after).widgets).toEqual({ one: { CallSid: 'CA0', CallStatus: 'completed' } })
})

test('a widget at work outlasts the call; the next one that needs it ends the walk', () => {
  const places = {
    one: { type: 'fetch', exits: { done: 'two' } },
    two: { type: 'pass', exits: { next: 'three' } },
    three: { type: 'speak' },
  }
  const { started, resumed } = toyStory(places, 'one')
  const over = resumed(started(incomingCall()), hungUp())
  expect(over.execution).toMatchObject({ status: 'active', call: { live: false } })
  expect(codes(over)).toEqual([81002])
  expect(codes(resumed(over, { ...hungUp(), step: undefined }))).toEqual([])
  const ended = resumed(over, ANSWERED)
  expect(walked(ended)).toEqual(['one done two', 'two next three'])
  expect(ended.execution).toMatchObject({ status: 'ended', endedReason: 'HANGUP' })
})

test('a call that was silent for a day is over for the rest of the walk', () => {
  const places = { one: { type: 'speak', exits: { hangup: 'two' } }, two: { type: 'speak', exits: { next: null } } }
  const { started, resumed } = toyStory(places, 'one')
  const after = resumed(started(incomingCall()), { type: 'time-ran-out' }, DAY)
  expect(walked(after)).toEqual(['one hangup two'])
  expect(after.execution).toMatchObject({ status: 'ended', endedReason: 'HANGUP', call: { live: false } })
})

test('a caller who hung up is told nothing more', () => {
  const { started, resumed } = toyStory({ one: { type: 'speak', properties: { again: true } } }, 'one')
  const after = resumed(started(incomingCall()), continued({ CallStatus: 'completed' }))
  expect(after.execution).toMatchObject({ status: 'ended', endedReason: 'HANGUP' })
  expect(after.execution.document).toBeUndefined()
})

test('a widget for calls ends a walk that has none', () => {
  const ended = toyStory({ one: { type: 'speak' } }, 'one').started(incomingMessage())
  expect(ended.execution).toMatchObject({ status: 'ended', endedReason: 'ERROR' })
  expect(codes(ended)).toEqual([81020])
})

test('a flow that begins at a widget for calls ends at once without one', () => {
  const ended = story([...TOYS], { one: { type: 'speak' } }).started(incomingMessage())
  expect(ended.execution).toMatchObject({ status: 'ended', endedReason: 'ERROR' })
})

test('a call that is given up hears the document that took it over', () => {
  const ended = toyStory(
    { one: { type: 'hand-over', exits: { success: 'two' } }, two: { type: 'speak' } },
    'one',
  ).started(incomingCall())
  expect(ended.execution).toMatchObject({ status: 'ended', document: { xml: '<Response><Dial>+1</Dial></Response>' } })
  expect(contextAfter(ended).widgets).toEqual({ one: { body: 'x' } })
  expect(walked(ended)).toEqual(['Trigger incomingCall one', 'one success Ended'])
})

test.each([
  ['send-to-auto-pilot', { sessionEnded: null, failure: 'after', timeout: null }, 'one failure after'],
  ['create-task', { created: null, failedToCreate: 'after' }, 'one failedToCreate after'],
  ['create-chat-channel', { success: null, failed: 'after' }, 'one failed after'],
  ['update-sync-object', { success: null, error: 'after' }, 'one error after'],
  ['run-model-inference', { success: null, Failed: 'after' }, 'one Failed after'],
  ['understand', { success: 'after' }, 'one unsupported Ended'],
])('a widget of the retired type %s is left by what reads like a failure, else the walk ends', (type, exits, first) => {
  const places = { one: { type, exits }, after: { type: 'pass', exits: { next: null } } }
  const ended = toyStory(places, 'one').started(incomingMessage())
  expect(walked(ended)[1]).toBe(first)
  expect(ended.execution.status).toBe('ended')
  expect(codes(ended)).toContain(81020)
})

test('an event changes no execution in place', () => {
  const { started, resumed } = toyStory(
    { one: { type: 'speak', exits: { next: 'two' } }, two: { type: 'speak' } },
    'one',
  )
  const begun = started(incomingCall())
  const before = JSON.stringify(begun.execution)
  resumed(begun, continued())
  expect(JSON.stringify(begun.execution)).toBe(before)
})

import { describe, expect, test } from 'vitest'
import type { FlowEvent } from '../../src/engine/event.ts'
import type { Fields } from '../../src/engine/fields.ts'
import type { Advanced } from '../../src/engine/walker.ts'
import { widgets } from '../../src/widgets/index.ts'
import {
  codes,
  continued,
  hungUp,
  incomingCall,
  type Places,
  restsAt,
  type Story,
  story,
  walked,
} from '../support/flow.ts'

/** A widget that a caller hears, and what the carrier still brings of it when they hang up (twiml.md 6.2). */
interface Heard {
  readonly type: string
  readonly properties: Fields
  /** The parameters of the last request; nothing where there is none. */
  readonly owed?: Readonly<Record<string, string>>
  /** The exit that the last request leads to. */
  readonly exit?: string
}

const HEARD: readonly Heard[] = [
  { type: 'say-play', properties: { say: 'Hello' } },
  { type: 'gather-input-on-call', properties: { say: 'Press a key' } },
  { type: 'fork-stream', properties: { stream_action: 'start', stream_url: 'wss://ear.example/' } },
  { type: 'add-twiml-redirect', properties: { url: 'https://elsewhere.example/' } },
  {
    type: 'connect-call-to',
    properties: { noun: 'number', to: '+15550003' },
    owed: { DialCallStatus: 'canceled' },
    exit: 'hangup',
  },
  {
    type: 'record-voicemail',
    properties: {},
    owed: { RecordingUrl: 'https://a.example/RE1', Digits: 'hangup' },
    exit: 'hangup',
  },
  { type: 'capture-payments', properties: {}, owed: { Result: 'caller-hung-up' }, exit: 'hangup' },
  { type: 'connect-virtual-agent', properties: { connector: 'bot' }, owed: { FlowEvent: 'return' }, exit: 'hangup' },
  {
    type: 'connect-virtual-agent-v2',
    properties: { connector_name: 'bot' },
    owed: { VirtualAgentStatus: 'completed' },
    exit: 'hangup',
  },
  { type: 'enqueue-call', properties: { queue_name: 'sales' }, owed: { QueueResult: 'hangup' }, exit: 'callComplete' },
  { type: 'send-to-flex', properties: { workflow: 'WW1' }, owed: { QueueResult: 'hangup' }, exit: 'callComplete' },
  {
    type: 'run-conversation-relay',
    properties: { url: 'wss://bot.example/' },
    owed: { SessionStatus: 'ended' },
    exit: 'success',
  },
]

test('every widget that needs a call is here', () => {
  const types = widgets.filter(({ needs }) => needs === 'call').map(({ type }) => type)
  expect(HEARD.map(({ type }) => type)).toEqual(expect.arrayContaining(types))
})

/** The widget under test between two requests to a service; `exits` are its transitions. */
function placesOf({ type, properties }: Heard, exits: Readonly<Record<string, string>>): Places {
  const fetch = { type: 'make-http-request', properties: { url: 'https://shop.example/' } }
  return {
    Trigger: { type: 'trigger', exits: { incomingCall: 'before' } },
    before: { ...fetch, exits: { success: 'here', failed: 'here' } },
    here: { type, properties, exits },
    after: { ...fetch, exits: { success: 'bye', failed: 'bye' } },
    bye: { type: 'say-play', properties: { say: 'Bye' }, exits: { audioComplete: 'after' } },
  }
}

const RESPONDED: FlowEvent = { type: 'http-responded', outcome: { ok: false, reason: 'x', message: 'x' } }
const NEWS: FlowEvent = { ...hungUp(), step: undefined }
const ENDED = { status: 'ended', endedReason: 'HANGUP', waiting: undefined, call: { live: false } }

describe.each(rows(HEARD))('a caller who hangs up in %s', (_type, heard) => {
  const { begun, here, resumed, unwired } = told(heard)

  test('before it is told nothing', () => {
    expect(restsAt(here)).toBe('here')
    const after = resumed(resumed(begun, NEWS), RESPONDED)
    expect(walked(after)).toEqual(['before failed here'])
    expect(after.execution).toMatchObject(ENDED)
  })

  test('and of whom nothing more is heard is not waited for', () => {
    const over = unwired.resumed(here, NEWS)
    const after = heard.owed ? unwired.resumed(over, { type: 'time-ran-out' }) : over
    expect(after.execution).toMatchObject(ENDED)
    expect(codes(after)).toEqual([81002])
    expect(over.execution.waiting?.dueAt).toBe(heard.owed && over.execution.updatedAt + 15_000)
  })

  test('as the late request of an earlier visit tells is not waited for either', () => {
    const late: FlowEvent = { type: 'continued', step: 'FT0', params: { CallStatus: 'completed' } }
    const over = unwired.resumed(here, late)
    const after = heard.owed ? unwired.resumed(over, { type: 'time-ran-out' }) : over
    expect(after.execution).toMatchObject(ENDED)
  })

  test('and is on no line any more is not waited for beyond a day', () => {
    const after = unwired.resumed(here, { type: 'time-ran-out' })
    const isParked = heard.type === 'add-twiml-redirect' // its own time has run out
    expect(after.execution).toMatchObject(isParked ? { status: 'ended' } : ENDED)
  })

  test('afterwards ends the walk at the next widget that needs the call', () => {
    const left = resumed(here, continued(heard.owed))
    expect(through(resumed, left, [NEWS, NEWS, RESPONDED]).at(-1)?.execution).toMatchObject(ENDED)
  })
})

describe.each(rows(HEARD.filter(({ owed }) => owed)))('a caller who hangs up in %s', (_type, heard) => {
  const { here, resumed } = told(heard)
  const last = lastOf(heard)

  test.each<[string, readonly FlowEvent[]]>([
    ['first', [NEWS, last]],
    ['first, and twice', [NEWS, NEWS, last]],
    ['last', [last, NEWS]],
    ['last, and twice', [last, NEWS, NEWS]],
  ])('leaves by the last request when the status callback comes %s', (_order, events) => {
    const moves = through(resumed, here, events)
    expect(moves.flatMap(walked)).toEqual([`here ${heard.exit} after`])
    expect(moves.flatMap(codes)).toEqual([])
  })
})

test.each(rows(HEARD.filter(({ exit }) => exit === 'hangup')))(
  'a caller who hangs up in %s ends the walk where the flow lists no exit for that',
  (_type, heard) => {
    const { here, unwired } = told(heard)
    const after = unwired.resumed(here, lastOf(heard))
    expect(after.execution).toMatchObject(ENDED)
    expect(codes(after)).toEqual([81002])
  },
)

function rows(heard: readonly Heard[]) {
  return heard.map((one) => [one.type, one] as const)
}

/** A caller who hears the widget, in a flow that leads on by all its exits, and one that leads on by none. */
function told(heard: Heard) {
  const { started, resumed } = story(widgets, placesOf(heard, exitsOf(heard)))
  const begun = started(incomingCall())
  return { begun, here: resumed(begun, RESPONDED), resumed, unwired: story(widgets, placesOf(heard, {})) }
}

/** The last request of its verb. */
function lastOf({ owed }: Heard): FlowEvent {
  return continued({ CallStatus: 'completed', ...owed })
}

/** Every exit of the widget leads on. */
function exitsOf({ type }: Heard): Readonly<Record<string, string>> {
  const exits = widgets.find((widget) => widget.type === type)?.exits ?? []
  return Object.fromEntries(exits.map((exit) => [exit, 'after']))
}

/** Where one event after the other leads. */
function through(resumed: Story['resumed'], before: Advanced, events: readonly FlowEvent[]): readonly Advanced[] {
  const [next, ...others] = events
  if (!next) return []
  const moved = resumed(before, next)
  return [moved, ...through(resumed, moved, others)]
}

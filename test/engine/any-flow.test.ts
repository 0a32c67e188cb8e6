import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FlowEvent } from '../../src/engine/event.ts'
import { LIMITS } from '../../src/engine/limits.ts'
import type { Advanced } from '../../src/engine/walker.ts'
import { trigger } from '../../src/widgets/trigger.ts'
import {
  continued,
  hungUp,
  incomingCall,
  incomingMessage,
  type Place,
  type Places,
  type Story,
  story,
} from '../support/flow.ts'
import { TOYS } from './toys.ts'

const NAMES = ['a', 'b', 'c', 'd', 'constructor']

const place: fc.Arbitrary<Place> = fc.constantFrom(...TOYS).chain(({ type, exits }) =>
  fc.record({
    type: fc.constant<string>(type),
    properties: fc.constantFrom({}, { number: 'x', text: '{{trigger.call.From | nosuch}}' }, { again: true }),
    exits: fc.dictionary(fc.constantFrom<string>(...exits), fc.constantFrom(...NAMES, null)),
  }),
)

const places: fc.Arbitrary<Places> = fc
  .record(Object.fromEntries(NAMES.map((name) => [name, place])))
  .map((those) => ({ Trigger: { type: 'trigger', exits: { incomingCall: 'a', incomingMessage: 'b' } }, ...those }))

const events: fc.Arbitrary<FlowEvent[]> = fc.array(
  fc.constantFrom<FlowEvent>(
    continued(),
    continued({ CallStatus: 'completed' }),
    { ...continued(), step: 'FT-of-another-visit' },
    hungUp(),
    incomingMessage(),
    { type: 'message-status', params: { MessageStatus: 'failed' } },
    { type: 'http-responded', outcome: { ok: false, reason: 'x', message: 'x' } },
    { type: 'time-ran-out' },
  ),
  { maxLength: 20 },
)

test('whatever happens in whatever flow, a walk rests within the limits, and either waits or has ended', () => {
  const start = fc.constantFrom(incomingCall(), incomingMessage())
  fc.assert(
    fc.property(places, start, events, (those, first, later) => {
      for (const at of walk(story([trigger, ...TOYS], those), first, later)) {
        const { status, waiting, endedReason, steps } = at.execution
        expect(status === 'active').toBe(waiting !== undefined)
        expect(status === 'ended').toBe(endedReason !== undefined)
        expect(steps).toBeLessThanOrEqual(LIMITS.steps)
      }
    }),
    { numRuns: 200 },
  )
})

/** Every rest of a walk until it ends. */
function walk(
  { started, resumed }: Story,
  first: Parameters<Story['started']>[0],
  later: readonly FlowEvent[],
): Advanced[] {
  const rests = [started(first)]
  for (const event of later) {
    const last = rests.at(-1)
    if (last?.execution.status === 'active') rests.push(resumed(last, event))
  }
  return rests
}

import type { TwimlDocument } from '../twiml/verbs.ts'
import type { Params } from './event.ts'
import type { Execution, Waiting } from './execution.ts'
import { merge } from './fields.ts'
import { LIMITS } from './limits.ts'
import type { Result } from './widget.ts'

/** An execution that stays where it is until something comes; every wait has an end, that of a silent call comes soon. */
export function resting(
  execution: Execution,
  { for: events, timeout, document, output = {} }: Extract<Result, { kind: 'wait' }>,
  now: number,
): Execution {
  const { call, waiting, createdAt } = execution
  const age = createdAt + LIMITS.age + 1
  const expiry = call && events.includes('continued') ? Math.min(age, endOfSilence(now)) : age
  const dueAt = timeout === undefined ? (waiting?.dueAt ?? expiry) : Math.min(now + timeout * 1_000, expiry)
  return { ...execution, document, waiting: { for: events, dueAt, output: merge(waiting?.output ?? {}, output) } }
}

/** By the full hour: a time that moves with every step would have to be put in its order anew each time. */
function endOfSilence(now: number): number {
  return Math.ceil((now + LIMITS.silence) / HOUR) * HOUR
}

const HOUR = 60 * 60 * 1_000

/** Whether the carrier makes one more request when the caller hangs up during this document: with the recording, or with what became of the other leg (twiml.md 6.2). */
export function owesRequest(document: TwimlDocument | undefined): boolean {
  return document !== undefined && !('xml' in document) && document.some(({ verb }) => OWING.has(verb))
}

const OWING: ReadonlySet<string> = new Set(['Record', 'Dial', 'Enqueue', 'Pay', 'Connect'])

/** What a verb still has to bring can come after the news of the end (twiml.md 6.2); it is waited for, so that no voicemail is lost. */
export function partingWait(waiting: Waiting, parting: Params, now: number): Waiting {
  const dueAt = Math.min(waiting.dueAt, now + LIMITS.parting)
  return { ...waiting, for: ['continued', 'time-ran-out'], dueAt, parting }
}

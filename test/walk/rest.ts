import type { Parts } from '../../src/parts.ts'

/** An execution as the store keeps it. */
export type Execution = NonNullable<Awaited<ReturnType<Parts['store']['execution']>>>

/** What is wrong with the way an execution rests when nothing is being worked on; nothing where it has ended or waits for something nameable. */
export function wrongRest({ status, endedReason, waiting, call, sid, frames }: Execution): string | undefined {
  const where = `execution ${sid} at ${JSON.stringify(frames.at(-1)?.at)}`
  if (status === 'ended')
    return endedReason && !waiting ? undefined : `${where} ended without a reason or waits after its end`
  if (!waiting || waiting.for.length === 0) return `${where} is active and waits for nothing`
  const owed = waiting.for.filter((event) => DONE_BY_US.has(event))
  if (owed.length > 0) return `${where} is stuck: it waits for ${owed.join(', ')}, and nobody works on it`
  if (!Number.isFinite(waiting.dueAt)) return `${where} waits without an end`
  if (waiting.for.some((event) => event.startsWith('incoming-') || event === 'time-ran-out')) return undefined
  if (!waiting.for.includes('continued')) return `${where} waits for ${waiting.for.join(', ')} without a time limit`
  if (!call) return undefined
  return call.live ? undefined : `${where} waits for a call that is over to go on`
}

/** What is answered by our own work, which is finished. */
const DONE_BY_US: ReadonlySet<string> = new Set([
  'http-responded',
  'message-sent',
  'message-refused',
  'call-placed',
  'call-refused',
  'recording-changed',
  'recording-refused',
  'conversation-opened',
  'conversation-refused',
  'conversation-left',
  'handed-over',
  'hand-over-refused',
])

import { setTimeout as sleep } from 'node:timers/promises'
import type { EventType } from '../engine/event.ts'
import type { Execution } from '../engine/execution.ts'
import type { Place } from '../store/sql-queue.ts'
import { StaleExecution, type Store } from '../store/store.ts'

/** Answers that somebody else is at work for an execution, so that an event has to wait its turn. */
export const ELSEWHERE = 'elsewhere' as const

/** With what regard for others an event is tried. */
export interface Regard {
  /** Whether it lets those go first who wait for longer: it has not waited yet. */
  readonly givesWay: boolean
  /** Whether nobody else is at work for an execution. */
  isFree(execution: Execution): Promise<boolean>
}

/** How an event is tried, and how it waits. */
export interface Attempts<T> extends Pick<Regard, 'isFree'> {
  /** Where it has waited in since it came. */
  readonly place?: Place | undefined
  attempt(regard: Regard): Promise<T | typeof ELSEWHERE>
  /** Takes a place behind all who wait; nothing where nobody else does. */
  queue(): Promise<Place> | undefined
}

/** Tries until nobody else is at work for the execution, nor has moved it in the same moment, nor has waited for longer; what is under way for ever is passed over in the end. */
export async function inTurn<T>({ place, queue, ...how }: Attempts<T>): Promise<T> {
  const outcome = place ? ELSEWHERE : await how.attempt({ givesWay: true, ...how }).catch(overtaken)
  if (outcome !== ELSEWHERE) return outcome
  const own = place ?? (await queue())
  return whenFirst(own, how).finally(() => left(own))
}

async function whenFirst<T>(place: Place | undefined, { attempt, isFree }: Omit<Attempts<T>, 'queue'>): Promise<T> {
  const until = performance.now() + LONGEST_MS
  for (;;) {
    const isPassedOver = performance.now() > until
    const isTurn = isPassedOver || !place || (await place.isFirst())
    const regard = { givesWay: false, isFree: isPassedOver ? async () => true : isFree }
    const outcome = isTurn ? await attempt(regard).catch(overtaken) : ELSEWHERE
    if (outcome !== ELSEWHERE) return outcome
    await sleep(ASK_AGAIN_MS * (0.5 + Math.random()))
  }
}

/**
 * Takes a place for what has come while its execution was at work, here or, as it seems, elsewhere, so that nothing is
 * taken before it that comes later; none where there is no other instance.
 */
export async function placeBehind(
  { fellows }: Pick<Store, 'fellows'>,
  owner: Execution | undefined,
  isBusyHere: () => boolean,
): Promise<Place | undefined> {
  if (owner?.status !== 'active' || !(isBusyHere() || isAtWork(owner))) return undefined
  return fellows?.queue(owner.sid)
}

/** Gives a place up; where that cannot be said now, it is passed over in some time. */
export async function left(place: Place | undefined): Promise<void> {
  await place?.leave().catch(() => undefined)
}

function overtaken(error: unknown): typeof ELSEWHERE {
  if (error instanceof StaleExecution) return ELSEWHERE
  throw error
}

/** Whether an execution waits for what comes of an effect: then somebody may be at it. */
export function isAtWork({ waiting }: Execution): boolean {
  return waiting?.for.some((type) => COMES_OF_EFFECTS[type]) ?? false
}

const COMES_OF_EFFECTS: Readonly<Record<EventType, boolean>> = {
  'incoming-call': false,
  'incoming-message': false,
  'incoming-conversation-message': false,
  'incoming-request': false,
  continued: false,
  'call-ended': false,
  'message-status': false,
  'http-responded': true,
  'message-sent': true,
  'message-refused': true,
  'conversation-opened': true,
  'conversation-refused': true,
  'conversation-left': true,
  'handed-over': true,
  'hand-over-refused': true,
  'call-placed': true,
  'call-refused': true,
  'call-answered': false,
  'call-reported': false,
  'recording-changed': true,
  'recording-refused': true,
  'time-ran-out': false,
  stopped: false,
}

const ASK_AGAIN_MS = 50

/** Longer than any effect takes, and than it takes to find that an instance is gone. */
const LONGEST_MS = 60_000

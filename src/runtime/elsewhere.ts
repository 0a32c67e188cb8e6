import { setTimeout as sleep } from 'node:timers/promises'
import type { EventType } from '../engine/event.ts'
import type { Execution } from '../engine/execution.ts'
import { StaleExecution } from '../store/store.ts'

/** Answers that somebody else is at work for an execution, so that an event has to wait its turn. */
export const ELSEWHERE = 'elsewhere' as const

/** Whether nobody else is at work for an execution. */
export type IsFree = (execution: Execution) => Promise<boolean>

/** Tries until nobody else is at work for the execution, nor has moved it in the same moment; what is under way for ever is passed over in the end. */
export async function inTurn<T>(
  attempt: (isFree: IsFree) => Promise<T | typeof ELSEWHERE>,
  isFree: IsFree,
): Promise<T> {
  const until = performance.now() + LONGEST_MS
  for (;;) {
    const isPassedOver = performance.now() > until
    const outcome = await attempt(isPassedOver ? async () => true : isFree).catch(overtaken)
    if (outcome !== ELSEWHERE) return outcome
    await sleep(ASK_AGAIN_MS * (0.5 + Math.random()))
  }
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

import type { Destination } from '../document/destination.ts'
import type { CallStatus } from '../happening.ts'
import type { Office } from '../office.ts'
import { afterSeconds } from '../seconds.ts'
import type { Webhooks } from '../webhooks.ts'
import type { Caller } from './caller.ts'
import { LONGEST_CALL_S, outgoingLeg, type Ringing, ring, ringThrough } from './dialling.ts'
import { playDocuments } from './interpreter.ts'
import { Interrupted } from './interruption.ts'
import { Leg } from './leg.ts'
import type { Part } from './player.ts'
import { ask } from './requests.ts'
import { reportStatus } from './status-callback.ts'

/** A person calls a number that has webhooks; the call goes on by itself until it is over (twiml.md 6.1). */
export function incomingCall(office: Office, { extra, ...caller }: Caller, webhooks: Webhooks): Leg {
  const { from, to } = caller
  const { voice, voiceFallback: fallback, status } = webhooks
  const setup = { sid: office.sid('CA'), ...caller, direction: 'inbound', ...(extra && { extra }), fallback } as const
  const leg = new Leg(office, setup)
  office.register(leg)
  if (status) reportStatus(leg, { ...status, events: ['completed'] })
  leg.tell({ type: 'call', status: 'ringing', direction: 'inbound', from, to })
  void office.activity.during(() => live({ leg, office }, voice ? { kind: 'url', ...voice } : HANG_UP))
  return leg
}

/** The network rings a phone and plays TwiML to whoever answers (twiml.md 6.3 and 7). */
export interface OutgoingCall extends Ringing {
  readonly start: Destination
  /** What happens between the answer and the first document: the detection of a machine, digits to be sent. */
  answered?(leg: Leg): Promise<void>
  /** Seconds after which it is cut off. */
  readonly timeLimit?: number | undefined
}

/** Places a call; it goes on by itself until it is over. */
export function outgoingCall(office: Office, call: OutgoingCall): Leg {
  const leg = outgoingLeg(office, call)
  void office.activity.during(() => reach({ leg, office }, call))
  return leg
}

async function reach(part: Part, call: OutgoingCall): Promise<void> {
  const { leg } = part
  let start: Destination
  try {
    await leg.wait({ seconds: QUEUED_S })
    if ((await ringAt(part, call)) !== 'in-progress') return
    await call.answered?.(leg)
    start = call.start
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
    if (error.by.kind !== 'redirected') return leg.become(leg.status === 'in-progress' ? 'completed' : 'canceled')
    start = error.by.to
  }
  await live(part, start, call.timeLimit)
}

/** Rings a phone by its plan, or a number of this very network, whose webhook then has a call of its own. */
async function ringAt({ leg, office }: Part, { plan, timeout }: OutgoingCall): Promise<CallStatus> {
  const { from, to } = leg.setup
  const far = office.reach({ from, to })
  if (far) {
    tie(leg, far)
    return ringThrough(leg, { far, timeout })
  }
  const status = await ring(leg, { plan, timeout })
  if (status === 'in-progress' && plan.talks !== undefined) hangUpAfter(leg, plan.talks, 'person')
  return status
}

/** When one end is gone, so is the other. */
function tie(leg: Leg, far: Leg): void {
  for (const [one, other] of [
    [leg, far],
    [far, leg],
  ] as const) {
    one.onStatus(() => {
      if (one.isOver && !other.isOver) other.interrupt({ kind: 'hung-up', by: 'person' })
    })
  }
}

/** What is placed by REST waits for its turn first. */
const QUEUED_S = 0.1

/** Plays a call from its first document to its end. */
export async function live(part: Part, start: Destination, timeLimit = LONGEST_CALL_S): Promise<void> {
  hangUpAfter(part.leg, timeLimit, 'server')
  for (let next: Destination | undefined = start; next; ) next = await stretch(part, next)
}

/** Plays on until the call is over, or is sent elsewhere by REST. */
async function stretch(part: Part, start: Destination): Promise<Destination | undefined> {
  const { leg } = part
  try {
    const ending = await playDocuments(part, start)
    if (ending.kind === 'gone' && leg.setup.newsFirst) leg.become('completed')
    if (ending.kind === 'gone' && ending.last) await ask(leg, ending.last) // the answer is not played
    if (ending.kind === 'played') endOfDocument(leg)
    leg.become(ending.kind === 'over' ? ending.status : 'completed')
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
    if (error.by.kind === 'redirected') return error.by.to
    leg.become(leg.status === 'ringing' ? 'no-answer' : 'completed')
  }
  return undefined
}

/** Where no verb is left, the carrier hangs up. */
function endOfDocument(leg: Leg): void {
  leg.answer()
  leg.tell({ type: 'hung-up', by: 'server' })
}

/** Ends a call after so many seconds, unless it is over by then. */
export function hangUpAfter(leg: Leg, seconds: number, by: 'person' | 'server'): void {
  const cancel = afterSeconds(leg.ground.clock, seconds, () => leg.interrupt({ kind: 'hung-up', by }))
  leg.onStatus(() => leg.isOver && cancel())
}

const HANG_UP: Destination = { kind: 'twiml', text: '<Response><Hangup/></Response>' }

import type { CallStatus } from '../happening.ts'
import type { Params } from '../line/web-request.ts'
import { recordingParams } from '../recording/recording.ts'
import { rfc2822 } from '../rfc2822.ts'
import type { StatusCallback } from '../webhooks.ts'
import { type Leg, OVER } from './leg.ts'
import { notify } from './requests.ts'

/** Reports the wanted events of a call from now on, numbered in their order (twiml.md 6.3); takes the place of an earlier callback. */
export function reportStatus(leg: Leg, callback: StatusCallback): void {
  const isFirst = leg.statusCallback === undefined
  leg.statusCallback = callback
  if (!isFirst) return
  let sequence = 0
  leg.onStatus(() => {
    const event = EVENT_OF[leg.status]
    if (!event || leg.startedAt === undefined) return // called off before anybody was rung: nobody is told
    tellOf(event, leg, sequence)
    sequence += 1
  })
}

function tellOf(event: string, leg: Leg, sequence: number): void {
  const { statusCallback } = leg
  if (!statusCallback?.events.includes(event)) return
  notify(leg, statusCallback, { ...reported(leg), SequenceNumber: String(sequence) })
}

/** `queued` is never reported; every last status is `completed` (twiml.md 6.3). */
const EVENT_OF: Readonly<Partial<Record<CallStatus, string>>> = {
  initiated: 'initiated',
  ringing: 'ringing',
  'in-progress': 'answered',
  completed: 'completed',
  busy: 'completed',
  failed: 'completed',
  'no-answer': 'completed',
  canceled: 'completed',
}

function reported(leg: Leg): Params {
  const { clock } = leg.ground
  return {
    CallStatus: leg.status,
    Timestamp: rfc2822(clock.now()),
    CallbackSource: 'call-progress-events',
    ...(OVER.has(leg.status) && ended(leg)),
  }
}

function ended(leg: Leg): Params {
  const seconds = secondsOf(leg)
  const code = SIP_CODE[leg.status]
  return {
    CallDuration: String(seconds),
    Duration: String(Math.ceil(seconds / 60)),
    ...(code && { SipResponseCode: code }),
    ...(leg.answeredBy && { AnsweredBy: leg.answeredBy }),
    ...(leg.recording && recordingParams(leg.recording)),
  }
}

/** Whole seconds from the answer of a call to its end, or to now. */
export function secondsOf({ answeredAt, endedAt, ground: { clock } }: Leg): number {
  return answeredAt === undefined ? 0 : Math.round(((endedAt ?? clock.now()) - answeredAt) / 1_000)
}

const SIP_CODE: Readonly<Partial<Record<CallStatus, string>>> = {
  completed: '200',
  busy: '486',
  'no-answer': '487',
  failed: '404',
  canceled: '487',
}

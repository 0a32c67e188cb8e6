import type { z } from 'zod'
import { flag, integer, required, verbatim } from '../flow/properties.ts'
import type { PlaceCallEffect } from './effect.ts'
import type { EventType, FlowEvent, Params } from './event.ts'
import type { Execution } from './execution.ts'
import { field } from './fields.ts'
import { LIMITS } from './limits.ts'
import { isMessagingService } from './messaging-service.ts'
import { EXECUTION_PARAMETER } from './visit.ts'
import { WARNING, type Warning } from './warning.ts'
import { ask, exit, type Result, type Visit } from './widget.ts'

/** The exits that both widgets which place a call have (widgets.md 3.7 and 3.8). */
export const OUTGOING_EXITS = ['answered', 'busy', 'noAnswer', 'failed'] as const

/** The properties that both of them have. */
export const outgoingProperties = {
  from: required(verbatim()).meta({ title: 'Number to call from' }),
  to: required(verbatim()).meta({ title: 'Number to call' }),
  record: flag().default(false).meta({ title: 'Record call' }),
  timeout: integer({ min: 0, max: 600 }).default(60).meta({ title: 'Timeout in seconds' }),
}

type OutgoingVisit = Visit<z.output<z.ZodObject<typeof outgoingProperties>>>
type Outcome = Result<(typeof OUTGOING_EXITS)[number]>
type Wishes = Pick<PlaceCallEffect, 'sendDigits' | 'sipUsername' | 'sipPassword' | 'recording' | 'machineDetection'>

/** Asks the carrier for a call to the contact and waits for what becomes of it. */
export function placeCall(visit: OutgoingVisit, wishes: Wishes, warnings: readonly Warning[] = []): Outcome {
  const from = visit.properties.from.trim() || visit.execution.address
  const to = visit.properties.to.trim() || visit.execution.contact
  const flaw = flawOf(visit, from, to)
  if (flaw) return exit('failed', { warnings: [...warnings, notCalled(flaw)] })
  const { timeout } = visit.properties
  const url = placedCallUrl(visit)
  const effect = { type: 'place-call', from, to, url, statusCallback: url, timeout, ...wishes } as const
  const patience = timeout + (wishes.machineDetection?.timeout ?? 0) + TURN_S
  return { ...ask(effect, 'call-placed', 'call-refused', ...HEARD), timeout: patience, warnings }
}

/** Seconds: the carrier may let a call wait for its turn. */
const TURN_S = 3_600

/** What comes from outside of a placed call. It may come before the carrier has said that it was placed. */
const HEARD = ['call-answered', 'call-reported', 'time-ran-out'] as const satisfies readonly EventType[]

/** Whether an execution has asked for a call that nobody has answered yet. */
export function isCalling({ waiting }: Execution): boolean {
  return waiting?.for.includes('call-answered') ?? false
}

/** The carrier's requests for the new call name its execution: the call is not known to it, and it may have another one by then. */
function placedCallUrl({ callbackUrl, execution }: Visit): string {
  return `${callbackUrl()}&${new URLSearchParams({ [EXECUTION_PARAMETER]: execution.sid })}`
}

function flawOf({ execution, context }: Visit, from: string, to: string): string | undefined {
  if (execution.call?.live) return 'the execution is on a call already'
  if (from === '') return 'there is no number to call from'
  if (to === '') return 'there is no number to call'
  const service = isMessagingService(from) ? from : field(context.trigger.message, 'MessagingServiceSid')
  return service ? `a Messaging Service cannot call: ${JSON.stringify(service)}` : undefined
}

function notCalled(reason: string): Warning {
  return { code: WARNING.callFailed, message: `the call failed: ${reason}` }
}

/** What is made of the news of a placed call; nothing of those of another call. */
export function heardOfCall(visit: Visit, event: FlowEvent): Outcome | undefined {
  switch (event.type) {
    case 'call-placed':
      return { kind: 'wait', for: HEARD, output: { CallSid: event.call.Sid } }
    case 'call-refused':
      return exit('failed', { warnings: [notCalled(event.reason)] })
    case 'call-answered':
      return isOfAnotherCall(visit, event.params) ? undefined : answered(visit, event.params)
    case 'call-reported':
      return isOfAnotherCall(visit, event.params) ? undefined : reported(event.params)
    case 'time-ran-out':
      return exit('failed', { warnings: [notCalled('the carrier did not tell whether somebody answered')] })
    default:
      return undefined
  }
}

/** A call that was placed twice, for want of an answer to the first time, comes with two sids. */
function isOfAnotherCall({ execution }: Visit, { CallSid }: Params): boolean {
  const placed = field(execution.waiting?.output, 'CallSid')
  return placed !== undefined && placed !== CallSid
}

function answered(visit: Visit, output: Params): Outcome {
  return exit('answered', { output, call: { sid: output.CallSid ?? '', live: !isHungUp(visit) } })
}

/** Whether the end of the call was reported before anybody asked what is to be heard. */
export function isHungUp({ execution }: Visit): boolean {
  return field(execution.waiting?.output, 'CallStatus') === 'completed'
}

function reported(output: Params): Outcome {
  const { CallStatus } = output
  if (CallStatus === 'busy') return exit('busy', { output })
  if (CallStatus === 'no-answer') return exit('noAnswer', { output })
  if (CallStatus === 'failed' || CallStatus === 'canceled')
    return exit('failed', { output, warnings: [notCalled(`the carrier reports it as ${CallStatus}`)] })
  if (CallStatus !== 'completed') return { kind: 'wait', for: HEARD }
  // Somebody has answered; the request that says so may have been overtaken.
  return { kind: 'wait', for: HEARD, timeout: LIMITS.parting / 1_000, output }
}

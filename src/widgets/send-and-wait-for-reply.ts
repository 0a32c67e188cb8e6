import { z } from 'zod'
import type { EventType, FlowEvent } from '../engine/event.ts'
import { messageProperties, notSent, outgoing } from '../engine/outgoing-message.ts'
import { ask, defineWidget, exit, type Visit } from '../engine/widget.ts'
import { textInteger } from '../flow/properties.ts'

/** Sends to the contact, then waits for the answer, for a failed delivery or until the time is up (widgets.md 3.17). */
export const sendAndWaitForReply = defineWidget({
  type: 'send-and-wait-for-reply',
  summary: 'Sends a message to the contact and waits for the reply.',
  needs: 'message',
  exits: ['incomingMessage', 'timeout', 'deliveryFailure'],
  onInvalid: 'deliveryFailure',
  properties: z.object({
    ...messageProperties,
    timeout: textInteger({ min: 0 }).default(3600).meta({ title: 'Stop waiting after seconds' }),
  }),

  enter(visit) {
    const out = outgoing(visit)
    if (!out.ok) return exit('deliveryFailure', { warnings: out.warnings })
    const effect = { ...out.message, statusCallback: statusCallback(visit) }
    return { ...ask(effect, 'message-sent', 'message-refused'), warnings: out.warnings }
  },

  resume({ properties: { timeout } }, event) {
    switch (event.type) {
      case 'message-sent':
        return { kind: 'wait', for: REPLY, timeout, output: { outbound: event.message } }
      case 'message-refused':
        return exit('deliveryFailure', { output: { outbound: event.message }, warnings: [notSent(event.reason)] })
      case 'incoming-message':
      case 'incoming-conversation-message':
        return exit('incomingMessage', { output: { inbound: event.params } })
      case 'message-status':
        return reported(event)
      case 'time-ran-out':
        return exit('timeout')
      default:
        return undefined
    }
  },
})

const REPLY = [
  'incoming-message',
  'incoming-conversation-message',
  'message-status',
  'time-ran-out',
] as const satisfies readonly EventType[]

/** Studio's own callbacks name the execution, and flows read it in what a failed delivery leaves behind (widgets.md 7). */
function statusCallback({ callbackUrl, execution }: Visit): string {
  return `${callbackUrl()}&${new URLSearchParams({ executionSid: execution.sid })}`
}

/** The form goes to the root, as recorded at the real service, and brings `outbound` up to date. */
function reported({ params }: Extract<FlowEvent, { type: 'message-status' }>) {
  const { MessageStatus, ErrorCode } = params
  if (MessageStatus !== 'failed' && MessageStatus !== 'undelivered') return { kind: 'wait', for: REPLY } as const
  const outbound = { Status: MessageStatus, ...(ErrorCode !== undefined && { ErrorCode }) }
  return exit('deliveryFailure', { output: { ...params, outbound } })
}

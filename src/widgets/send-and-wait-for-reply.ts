import { z } from 'zod'
import type { EventType, FlowEvent } from '../engine/event.ts'
import type { Fields } from '../engine/fields.ts'
import { messageProperties, notSent, outgoing } from '../engine/outgoing-message.ts'
import { ask, defineWidget, exit, type Visit } from '../engine/widget.ts'
import { textInteger } from '../flow/properties.ts'

/** Sends to the contact, then waits for the answer, for a failed delivery or until the time is up (widgets.md 3.17). */
export const sendAndWaitForReply = defineWidget({
  type: 'send-and-wait-for-reply',
  library: {
    title: 'Send & Wait For Reply',
    group: 'Messaging',
    exits: { incomingMessage: 'Reply', timeout: 'No Reply', deliveryFailure: 'Delivery Fails' },
  },
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
    const effect =
      out.message.type === 'send-message' ? { statusCallback: statusCallback(visit), ...out.message } : out.message
    return { warnings: out.warnings, ...ask(effect, 'message-sent', 'message-refused', ...HEARD) }
  },

  resume(visit, event) {
    const { timeout } = visit.properties
    switch (event.type) {
      case 'message-sent':
        return { kind: 'wait', for: REPLY, timeout, output: { outbound: event.message } }
      case 'message-refused':
        return exit('deliveryFailure', { output: { outbound: event.message }, warnings: [notSent(event.reason)] })
      case 'incoming-message':
      case 'incoming-conversation-message':
        return exit('incomingMessage', { output: { inbound: event.params } })
      case 'message-status':
        return reported(visit, event)
      case 'time-ran-out':
        return exit('timeout')
      default:
        return undefined
    }
  },
})

/** What comes from outside. It may come before the carrier has said that it took the message. */
const HEARD = [
  'incoming-message',
  'incoming-conversation-message',
  'message-status',
] as const satisfies readonly EventType[]

const REPLY = [...HEARD, 'time-ran-out'] as const

/** Studio's own callbacks name the execution, and flows read it in what a failed delivery leaves behind (widgets.md 7). */
function statusCallback({ callbackUrl, execution }: Visit): string {
  return `${callbackUrl()}&${new URLSearchParams({ executionSid: execution.sid })}`
}

/** The form goes to the root, as recorded at the real service, and brings `outbound` up to date; a message that went out as an answer has its sid from here. */
function reported({ execution }: Visit, { params }: Extract<FlowEvent, { type: 'message-status' }>) {
  const { MessageSid: Sid, MessageStatus: Status, ErrorCode } = params
  if (Status !== 'failed' && Status !== 'undelivered')
    return { kind: 'wait', for: execution.waiting?.for ?? REPLY, output: { outbound: given({ Sid }) } } as const
  return exit('deliveryFailure', { output: { ...params, outbound: given({ Sid, Status, ErrorCode }) } })
}

function given(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

import { z } from 'zod'
import { messageProperties, notSent, outgoing } from '../engine/outgoing-message.ts'
import { ask, defineWidget, exit } from '../engine/widget.ts'
import { text } from '../flow/properties.ts'

/** Hands a message over and goes on without waiting for its delivery (widgets.md 3.16). */
export const sendMessage = defineWidget({
  type: 'send-message',
  library: { title: 'Send Message', group: 'Messaging', exits: { sent: 'Message Sent', failed: 'Message Failed' } },
  summary: 'Sends a message to the contact or to another address.',
  needs: 'anything',
  exits: ['sent', 'failed'],
  onInvalid: 'failed',
  properties: z.object({
    to: text().meta({ title: 'Send Message To' }),
    ...messageProperties,
  }),

  enter(visit) {
    const out = outgoing(visit, visit.properties.to ?? '')
    if (!out.ok) return exit('failed', { warnings: out.warnings })
    return { warnings: out.warnings, ...ask(out.message, 'message-sent', 'message-refused') }
  },

  resume(_visit, event) {
    if (event.type === 'message-sent') return exit('sent', { output: { outbound: event.message } })
    if (event.type !== 'message-refused') return undefined
    return exit('failed', { output: { outbound: event.message }, warnings: [notSent(event.reason)] })
  },
})

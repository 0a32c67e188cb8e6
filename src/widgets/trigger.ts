import { z } from 'zod'
import { TRIGGER_EVENT } from '../engine/subflow.ts'
import { defineWidget, exit } from '../engine/widget.ts'

/** Where every flow begins (widgets.md 3.1). */
export const trigger = defineWidget({
  type: 'trigger',
  library: {
    title: 'Trigger',
    group: 'Flow control',
    exits: {
      incomingMessage: 'Incoming Message',
      incomingCall: 'Incoming Call',
      incomingConversationMessage: 'Incoming Conversation',
      incomingRequest: 'REST API',
      incomingParent: 'Subflow',
    },
  },
  summary: 'Begins the flow when a call, a message, a request or another flow arrives.',
  needs: 'anything',
  exits: ['incomingMessage', 'incomingCall', 'incomingConversationMessage', 'incomingRequest', 'incomingParent'],
  properties: z.object({}),

  enter: ({ execution }) => exit(execution.frames.length > 1 ? 'incomingParent' : TRIGGER_EVENT[execution.channel]),
})

import type { Logger } from 'pino'
import type { Channel } from '../channels/channel.ts'
import type { Flow } from '../engine/compile.ts'
import { conversationOf } from '../engine/conversation.ts'
import type { StartEvent } from '../engine/event.ts'
import { randomHex } from './random.ts'

interface Beginning {
  readonly flow: Flow
  readonly channel: Channel
  readonly log: Logger
}

/**
 * What begins an execution, with the attributes of its conversation, which Studio shows and a webhook does not bring.
 * They become a parameter of the event, as if it had brought them: whoever walks that again need not ask. Where they are
 * not to be had, it begins without them.
 */
export async function withAttributes(event: StartEvent, { flow, channel, log }: Beginning): Promise<StartEvent> {
  if (event.type !== 'incoming-conversation-message' || !flow.seesAttributes) return event
  const { params } = event
  if (params.ChannelAttributes !== undefined) return event
  const conversation = conversationOf(params)
  const read = await channel.readAttributes(conversation, randomHex(12))
  if (read.ok) return { ...event, params: { ...params, ChannelAttributes: read.json } }
  const about = { flowSid: flow.sid, conversation: conversation.sid, reason: read.reason }
  log.warn(about, 'a flow begins without the attributes of its conversation')
  return event
}

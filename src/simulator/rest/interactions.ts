import type { Conversation } from '../conversations/conversation.ts'
import { jsonObjectIn } from '../json-object.ts'
import type { Interaction } from '../taskrouter/interactions.ts'
import type { TaskWish } from '../taskrouter/tasks.ts'
import { type Asked, json, type Resource } from './asked.ts'
import { type JsonObject, objectIn } from './parameters.ts'
import { invalid, notFound } from './refused.ts'
import { taskOfRouting } from './task-parameters.ts'
import { taskResource } from './tasks.ts'

/** `v1/Interactions` of Flex: hands a conversation to agents, as a task (functions-flex.md D5). */
export const interactions: Resource = {
  POST(asked) {
    const { network } = asked
    const channel = objectIn(asked.form, 'Channel')
    const { sid: conversationSid } = conversationOf(channel, asked)
    const sids = { conversationSid, sid: network.sid('KD'), channelSid: network.sid('UO') }
    const made = network.taskRouter.create(known(routedIn(asked), sids))
    const interaction: Interaction = {
      ...sids,
      channelType: String(channel.type ?? ''),
      channelStatus: 'active',
      initiatedBy: String(channel.initiated_by ?? ''),
      taskSid: made.sid,
      createdAt: network.clock.now(),
    }
    return json(201, interactionResource(network.interactions.put(interaction), asked))
  },
}

/** `v1/Interactions/KD…`: shows one. */
export const interaction: Resource = {
  GET: (asked) => json(200, interactionResource(interactionIn(asked), asked)),
}

/** The interaction that a path names; throws `Refused`. */
export function interactionIn({ network, ids, path }: Asked): Interaction {
  const found = network.interactions.get(ids.interaction ?? '')
  if (!found) throw notFound(path)
  return found
}

function propertiesOf({ properties }: JsonObject): JsonObject {
  return typeof properties === 'object' && properties !== null ? { ...properties } : {}
}

/** The medium of the contact: a conversation that there is. */
function conversationOf(channel: JsonObject, { network }: Asked): Conversation {
  const { media_channel_sid: sid } = propertiesOf(channel)
  if (typeof channel.type !== 'string') throw invalid(20001, 'Channel.type is missing; expected sms, web or the like')
  const found = network.conversations.find(String(sid ?? ''))
  if (!found) throw invalid(20001, `media_channel_sid is ${JSON.stringify(sid)}; expected the sid of a conversation`)
  return found
}

function routedIn({ form, network }: Asked): TaskWish {
  const properties = propertiesOf(objectIn(form, 'Routing'))
  const { workspaceSid } = network.taskRouter
  if (properties.workspace_sid === workspaceSid) return taskOfRouting(properties)
  throw invalid(20001, `workspace_sid is ${JSON.stringify(properties.workspace_sid)}; expected ${workspaceSid}`)
}

/** What Flex adds to the attributes of a task (functions-flex.md D1). */
function known(wish: TaskWish, { conversationSid, sid, channelSid }: Sids): TaskWish {
  const added = { conversationSid, flexInteractionSid: sid, flexInteractionChannelSid: channelSid }
  const way = { direction: 'inbound', initiatedBy: 'customer' }
  return { ...wish, attributes: JSON.stringify({ ...jsonObjectIn(wish.attributes), ...added, ...way }) }
}

type Sids = Pick<Interaction, 'conversationSid' | 'sid' | 'channelSid'>

function interactionResource(found: Interaction, asked: Asked) {
  const { network } = asked
  const { sid, channelSid, channelType, initiatedBy, conversationSid, taskSid } = found
  const task = network.taskRouter.get(taskSid)
  const url = `${network.restUrl}/v1/Interactions/${sid}`
  return {
    sid,
    channel: {
      sid: channelSid,
      type: channelType,
      initiated_by: initiatedBy,
      properties: { media_channel_sid: conversationSid },
    },
    routing: { properties: task ? taskResource(task, asked) : null, reservation: null },
    interaction_context_sid: null,
    webhook_ttid: null,
    url,
    links: { channels: `${url}/Channels` },
  }
}

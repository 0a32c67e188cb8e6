import type { Network } from '../network.ts'
import type { Interaction } from '../taskrouter/interactions.ts'
import { isDone } from '../taskrouter/tasks.ts'
import { type Asked, json, type Resource } from './asked.ts'
import { interactionIn } from './interactions.ts'
import { metaPage } from './meta-page.ts'
import { objectIn, one, oneOf } from './parameters.ts'
import { invalid, notFound } from './refused.ts'

/** `v1/Interactions/KD…/Channels`: an interaction has one. */
export const interactionChannels: Resource = {
  GET(asked) {
    const items = [interactionIn(asked)]
    return metaPage(asked, { key: 'channels', items, show: (item) => channelResource(item, asked) })
  },
}

/** `v1/Interactions/KD…/Channels/UO…`: shows it, or has agents let go of it (functions-flex.md D5). */
export const interactionChannel: Resource = {
  GET: (asked) => json(200, channelResource(channelIn(asked), asked)),
  POST(asked) {
    const { network, form } = asked
    const found = channelIn(asked)
    const status = oneOf(form, 'Status', ['closed', 'inactive'])
    if (!status) throw invalid(20001, 'Status is missing; expected closed, inactive')
    const completes = endsRouting(asked)
    if (status === 'inactive' && !completes)
      throw invalid(20001, 'Routing is missing; expected {"status":"closed"} where Status is inactive')
    settleTask(network, found, completes)
    if (status === 'closed') closeConversation(network, found)
    return json(200, channelResource(network.interactions.put({ ...found, channelStatus: status }), asked))
  },
}

function channelIn(asked: Asked): Interaction {
  const found = interactionIn(asked)
  if (found.channelSid !== asked.ids.channel) throw notFound(asked.path)
  return found
}

/** Whether the task is to be completed at once; agents wrap it up otherwise. */
function endsRouting({ form }: Asked): boolean {
  if (one(form, 'Routing') === undefined) return false
  const { status } = objectIn(form, 'Routing')
  if (status === 'closed') return true
  throw invalid(20001, `Routing.status is ${JSON.stringify(status)}; expected closed`)
}

function settleTask({ taskRouter }: Network, { taskSid }: Interaction, completes: boolean): void {
  const task = taskRouter.get(taskSid)
  if (task && !isDone(task)) taskRouter.change(task, { status: completes ? 'completed' : 'wrapping' })
}

/** What the customer writes next begins anew. */
function closeConversation({ conversations, clock }: Network, { conversationSid }: Interaction): void {
  const conversation = conversations.find(conversationSid)
  if (!conversation) return
  conversation.details = { ...conversation.details, state: 'closed' }
  conversation.updatedAt = clock.now()
}

function channelResource({ sid, channelSid, channelType, channelStatus }: Interaction, { network }: Asked) {
  const url = `${network.restUrl}/v1/Interactions/${sid}/Channels/${channelSid}`
  return {
    sid: channelSid,
    interaction_sid: sid,
    type: channelType,
    status: channelStatus,
    error_code: null,
    error_message: null,
    url,
    links: { participants: `${url}/Participants`, invites: `${url}/Invites` },
  }
}

import type { HandOverEffect } from '../engine/effect.ts'
import { field, isFields } from '../engine/fields.ts'
import type { Channel, Done } from './channel.ts'
import { type Ask, asking, type Outcome, refusedBecause } from './outcome.ts'
import { given } from './parameters.ts'
import type { RestApi } from './rest-api.ts'

/** How contacts are handed to agents: conversations through Flex, messages through TaskRouter (functions-flex.md D). Without a workspace's sid, Flex's own is looked for. */
export function agentChannel(api: RestApi, workspaceSid: string | undefined): Pick<Channel, 'handOver'> {
  return {
    async handOver(wish, token) {
      const ask = asking(api, token)
      const workspace =
        workspaceSid === undefined ? await flexWorkspace(ask) : ({ ok: true, sid: workspaceSid } as const)
      if (!workspace.ok) return workspace
      return raw(await (wish.conversation ? interact : makeTask)(ask, wish, workspace.sid))
    },
  }
}

type Workspace = { readonly ok: true; readonly sid: string } | { readonly ok: false; readonly reason: string }

async function flexWorkspace(ask: Ask): Promise<Workspace> {
  const path = `/v1/Workspaces?${new URLSearchParams({ FriendlyName: FLEX_WORKSPACE })}`
  const listed = await ask({ method: 'GET', product: 'taskrouter', path })
  if (!listed.ok) return refusedBecause(listed)
  const { workspaces } = listed.resource
  const [first] = Array.isArray(workspaces) ? workspaces.filter(isFields) : []
  const sid = field(first, 'sid')
  return typeof sid === 'string' ? { ok: true, sid } : { ok: false, reason: NO_WORKSPACE }
}

/** As Flex names it when an account is set up. */
const FLEX_WORKSPACE = 'Flex Task Assignment'
const NO_WORKSPACE = `no workspace ${JSON.stringify(FLEX_WORKSPACE)} was found; FLEX_WORKSPACE_SID names another one`

function makeTask(ask: Ask, wish: HandOverEffect, workspace: string): Promise<Outcome> {
  const form = given({
    WorkflowSid: wish.workflowSid,
    TaskChannel: wish.taskChannel,
    Attributes: wish.attributes,
    Priority: wish.priority,
    Timeout: wish.timeout,
  })
  const path = `/v1/Workspaces/${workspace}/Tasks`
  return ask({ method: 'POST', product: 'taskrouter', path, form })
}

function interact(ask: Ask, wish: HandOverEffect, workspace: string): Promise<Outcome> {
  const { channelType, conversation, workflowSid, taskChannel, attributes, priority, timeout } = wish
  const isSid = taskChannel?.startsWith('TC')
  const channel = {
    type: channelType,
    initiated_by: 'customer',
    properties: { media_channel_sid: conversation?.sid },
  }
  const properties = {
    workspace_sid: workspace,
    workflow_sid: workflowSid,
    [isSid ? 'task_channel_sid' : 'task_channel_unique_name']: taskChannel,
    attributes: JSON.parse(attributes),
    priority,
    timeout,
  }
  const form = given({ Channel: JSON.stringify(channel), Routing: JSON.stringify({ properties }) })
  return ask({ method: 'POST', product: 'flex-api', path: '/v1/Interactions', form })
}

/** Flows see these resources as the API spells them. */
function raw(outcome: Outcome): Done {
  return outcome.ok ? outcome : refusedBecause(outcome)
}

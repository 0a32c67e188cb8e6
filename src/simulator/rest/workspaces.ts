import { isoSeconds } from '../iso-seconds.ts'
import { type Asked, json, type Resource } from './asked.ts'
import { metaPage } from './meta-page.ts'
import { isWanted } from './page.ts'
import { notFound } from './refused.ts'

/** `v1/Workspaces`: the one that every network has (functions-flex.md D5). */
export const workspaces: Resource = {
  GET(asked) {
    const items = [workspaceResource(asked)].filter((one) => isWanted(asked.query, 'FriendlyName', one.friendly_name))
    return metaPage(asked, { key: 'workspaces', items, show: (item) => item })
  },
}

/** `v1/Workspaces/WS…`: shows it. */
export const workspace: Resource = {
  GET: (asked) => json(200, workspaceResource(workspaceIn(asked))),
}

/** What was asked, if it is of the workspace that there is; throws `Refused`. */
export function workspaceIn(asked: Asked): Asked {
  if (asked.ids.workspace !== asked.network.taskRouter.workspaceSid) throw notFound(asked.path)
  return asked
}

function workspaceResource({ network }: Asked) {
  const { workspaceSid: sid, createdAt } = network.taskRouter
  const url = `${network.restUrl}/v1/Workspaces/${sid}`
  return {
    sid,
    account_sid: network.accountSid,
    friendly_name: 'Flex Task Assignment',
    default_activity_name: 'Offline',
    default_activity_sid: null,
    timeout_activity_name: 'Offline',
    timeout_activity_sid: null,
    event_callback_url: null,
    events_filter: null,
    multi_task_enabled: true,
    prioritize_queue_order: 'FIFO',
    date_created: isoSeconds(createdAt),
    date_updated: isoSeconds(createdAt),
    url,
    links: { tasks: `${url}/Tasks` },
  }
}

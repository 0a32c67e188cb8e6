import { isoSeconds } from '../iso-seconds.ts'
import { secondsSince } from '../seconds.ts'
import { isDone, type Task, type TaskStatus } from '../taskrouter/tasks.ts'
import { type Asked, GONE, json, type Resource } from './asked.ts'
import { metaPage } from './meta-page.ts'
import { attributesIn, one, oneOf } from './parameters.ts'
import { invalid, notFound } from './refused.ts'
import { tasksWanted } from './task-list.ts'
import { priorityIn, taskIn } from './task-parameters.ts'
import { workspaceIn } from './workspaces.ts'

/** `v1/Workspaces/WS…/Tasks`: makes one, lists them (functions-flex.md D5). */
export const tasks: Resource = {
  GET(asked) {
    const { network, query } = workspaceIn(asked)
    const items = tasksWanted(query, network.taskRouter.list())
    return metaPage(asked, { key: 'tasks', items, show: (item) => taskResource(item, asked) })
  },
  POST(asked) {
    const { network, form } = workspaceIn(asked)
    return json(201, taskResource(network.taskRouter.create(taskIn(form)), asked))
  },
}

/** `v1/Workspaces/WS…/Tasks/WT…`: shows, changes or deletes one. */
export const task: Resource = {
  GET: (asked) => json(200, taskResource(taskNamedIn(asked), asked)),
  POST(asked) {
    const { network, form } = asked
    const found = taskNamedIn(asked)
    const status = oneOf(form, 'AssignmentStatus', ['canceled', 'wrapping', 'completed'])
    if (status && !mayBecome(status, found))
      throw invalid(20001, `Task ${found.sid} is ${found.status}, and cannot be ${status}`)
    const changes = {
      status: status ?? found.status,
      reason: one(form, 'Reason') ?? found.reason,
      attributes: attributesIn(form) ?? found.attributes,
      priority: priorityIn(form) ?? found.priority,
    }
    return json(200, taskResource(network.taskRouter.change(found, changes), asked))
  },
  DELETE(asked) {
    asked.network.taskRouter.remove(taskNamedIn(asked))
    return GONE
  },
}

/** Nobody calls off what an agent has (functions-flex.md D5). */
function mayBecome(status: TaskStatus, found: Task): boolean {
  return status === 'canceled' ? found.status === 'pending' : !isDone(found)
}

function taskNamedIn(asked: Asked): Task {
  const { network, ids, path } = workspaceIn(asked)
  const found = network.taskRouter.get(ids.task ?? '')
  if (!found) throw notFound(path)
  return found
}

/** A task as TaskRouter shows it; its queue and its agent are not played. */
export function taskResource(found: Task, { network }: Pick<Asked, 'network'>) {
  const { sid, attributes, status, priority, timeout, workflowSid, channel, createdAt, updatedAt } = found
  const url = `${network.restUrl}/v1/Workspaces/${network.taskRouter.workspaceSid}/Tasks/${sid}`
  const isChannelSid = channel.startsWith('TC')
  return {
    sid,
    account_sid: network.accountSid,
    workspace_sid: network.taskRouter.workspaceSid,
    workflow_sid: workflowSid ?? null,
    workflow_friendly_name: workflowSid ? 'Assign to Anyone' : null,
    task_queue_sid: null,
    task_queue_friendly_name: null,
    task_queue_entered_date: isoSeconds(createdAt),
    task_channel_sid: isChannelSid ? channel : null,
    task_channel_unique_name: isChannelSid ? null : channel,
    assignment_status: status,
    reason: found.reason ?? null,
    attributes,
    addons: '{}',
    age: secondsSince(network.clock, createdAt),
    priority,
    timeout,
    virtual_start_time: isoSeconds(createdAt),
    ignore_capacity: false,
    routing_target: null,
    date_created: isoSeconds(createdAt),
    date_updated: isoSeconds(updatedAt),
    url,
    links: { workspace: url.slice(0, url.indexOf('/Tasks/')), reservations: `${url}/Reservations` },
  }
}

import type { Form } from '../../signature/signature.ts'
import { jsonObjectIn } from '../json-object.ts'
import { type TaskWish, USUAL_TIMEOUT } from '../taskrouter/tasks.ts'
import { attributesIn, one, whole } from './parameters.ts'
import { invalid } from './refused.ts'

/** What a task is to be, from the parameters of `Tasks`; throws `Refused`. */
export function taskIn(form: Form): TaskWish {
  return {
    attributes: attributesIn(form) ?? '{}',
    workflowSid: workflowOf(one(form, 'WorkflowSid')),
    channel: one(form, 'TaskChannel') ?? 'default',
    priority: priorityIn(form) ?? 0,
    timeout: whole(form, 'Timeout', { least: 1, most: LONGEST_TIMEOUT }) ?? USUAL_TIMEOUT,
  }
}

/** Which task goes first, the highest of all. */
export function priorityIn(form: Form): number | undefined {
  return whole(form, 'Priority', { least: 0, most: 2_147_483_647 })
}

/** What a task is to be, from the `Routing` of an interaction; throws `Refused`. */
export function taskOfRouting(properties: Readonly<Record<string, unknown>>): TaskWish {
  const { workflow_sid, priority, timeout, attributes } = properties
  const given = Object.entries({ WorkflowSid: workflow_sid, Priority: priority, Timeout: timeout })
  const form = given.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const]))
  return { ...taskIn(form), attributes: attributesOf(attributes), channel: channelOf(properties) }
}

function channelOf({ task_channel_sid, task_channel_unique_name }: Readonly<Record<string, unknown>>): string {
  return String(task_channel_sid ?? task_channel_unique_name ?? 'default')
}

/** An object, or the text of one. */
function attributesOf(given: unknown = {}): string {
  const text = typeof given === 'string' ? given : JSON.stringify(given)
  if (jsonObjectIn(text)) return text
  throw invalid(20001, `the attributes ${text} are no JSON object`)
}

/** Workflows are not played: whatever has the looks of one is there. */
function workflowOf(sid: string | undefined): string | undefined {
  if (sid === undefined || /^WW[0-9a-fA-F]{32}$/.test(sid)) return sid
  throw invalid(20001, `WorkflowSid is ${JSON.stringify(sid)}; expected WW and 32 hexadecimal digits`)
}

/** Seconds: 14 days. */
const LONGEST_TIMEOUT = 1_209_600

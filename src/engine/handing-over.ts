import type { HandOverEffect } from './effect.ts'
import type { FlowEvent } from './event.ts'
import type { Execution } from './execution.ts'
import { type Fields, field, isFields } from './fields.ts'
import { jsonIn } from './json.ts'
import { WARNING } from './warning.ts'
import { exit, type Result } from './widget.ts'

/** The attributes of a task as a flow gives them, or what is wrong with them (functions-flex.md D5, path 5). */
export type Attributes = { readonly ok: true; readonly own: Fields } | { readonly ok: false; readonly flaw: string }

/** Reads the attributes of a task: JSON text, at most 1,024 characters of it. */
export function attributesIn(given = ''): Attributes {
  const text = given.trim()
  if (text.length > LONGEST)
    return { ok: false, flaw: `the task attributes have ${text.length} characters; at most ${LONGEST} are taken` }
  const own = text === '' ? {} : jsonIn(text)
  if (isFields(own)) return { ok: true, own }
  return { ok: false, flaw: `the task attributes ${JSON.stringify(text.slice(0, 200))} are no JSON object` }
}

const LONGEST = 1_024

/** Hands whoever writes over to agents: their conversation, or a task for their message (functions-flex.md D1). */
export function handOver(
  { contact, conversation }: Execution,
  wish: Pick<HandOverEffect, 'workflowSid' | 'taskChannel' | 'priority' | 'timeout'>,
  own: Fields,
): HandOverEffect {
  const channelType = channelTypeOf(contact)
  const known = { channelType, customerAddress: contact, from: contact, name: contact, customerName: contact }
  // stock flows fill these from a chat that there is not in a conversation
  const missing = Object.entries(known).filter(([name]) => (field(own, name) ?? '') === '')
  const address = conversation && { sid: conversation.sid, serviceSid: conversation.serviceSid }
  const attributes = JSON.stringify({ ...own, ...Object.fromEntries(missing) })
  return { type: 'hand-over', ...wish, attributes, channelType, conversation: address }
}

/** By which way somebody writes, as Flex calls it. */
function channelTypeOf(contact: string): string {
  const [, prefix] = /^(\w+):/.exec(contact) ?? []
  if (prefix !== undefined) return prefix
  return contact.startsWith('+') ? 'sms' : 'web'
}

/** Leaves as soon as agents have the contact; in a conversation the flow is silent from then on. */
export function handedOver(
  { conversation }: Execution,
  { resource }: Extract<FlowEvent, { type: 'handed-over' }>,
): Result<'callComplete'> {
  const task = conversation ? field(field(resource, 'routing'), 'properties') : resource
  const output = { ...resource, ...inPascal(task), ...(conversation && contextOfFlex(resource)) }
  return exit('callComplete', {
    output,
    ...(conversation && { conversation: { ...conversation, status: 'handed off' } }),
  })
}

/** The sources spell the outputs in two ways: flows find both (functions-flex.md D1). */
function inPascal(task: unknown): Fields {
  return { TaskSid: field(task, 'sid'), Age: field(task, 'age'), Attributes: field(task, 'attributes') }
}

function contextOfFlex(interaction: Fields): Fields {
  return { FlexContextSid: field(interaction, 'interaction_context_sid') }
}

/** Leaves without agents, the reason in the outputs. */
export function notHandedOver(reason: string, code: number = WARNING.taskNotCreated): Result<'failedToEnqueue'> {
  const warnings = [{ code, message: `nobody was handed over to agents: ${reason}` }]
  return exit('failedToEnqueue', { output: { ErrorMessage: reason }, warnings })
}

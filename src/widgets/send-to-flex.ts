import { z } from 'zod'
import { dequeued, QUEUE_EXITS, waitOf } from '../engine/enqueuing.ts'
import type { Fields } from '../engine/fields.ts'
import { attributesIn, handedOver, handOver, notHandedOver } from '../engine/handing-over.ts'
import { WARNING } from '../engine/warning.ts'
import { answer, ask, defineWidget, type Visit } from '../engine/widget.ts'
import { text, textInteger } from '../flow/properties.ts'
import type { Task } from '../twiml/verbs.ts'

const properties = z.object({
  workflow: text().meta({ title: 'Workflow', liquid: false }),
  channel: text().meta({ title: 'Task channel', liquid: false }),
  attributes: text().meta({ title: 'Attributes' }),
  priority: textInteger().meta({ title: 'Priority' }),
  timeout: textInteger({ min: 0 }).meta({ title: 'Timeout in seconds' }),
  waitUrl: text().meta({ title: 'Hold music TwiML URL' }),
  waitUrlMethod: text().meta({ title: 'Hold music TwiML URL method' }),
})

type FlexVisit = Visit<z.output<typeof properties>>

/** Hands a call, a message or a conversation over to Flex's agents (widgets.md 3.23, functions-flex.md D1). */
export const sendToFlex = defineWidget({
  type: 'send-to-flex',
  library: {
    title: 'Send To Flex',
    group: 'Flex',
    exits: { callComplete: 'Task Created', failedToEnqueue: 'Failed to Create Task', callFailure: 'Call Failed' },
  },
  summary: 'Hands the contact over to an agent in Flex.',
  needs: 'anything',
  exits: QUEUE_EXITS,
  properties,

  enter(visit) {
    const { workflow, attributes } = visit.properties
    const { call, conversation, channel } = visit.execution
    if (!workflow) return notHandedOver('no workflow is named that could take the contact')
    const read = attributesIn(attributes)
    if (!read.ok) return notHandedOver(read.flaw)
    if (call) return enqueued(visit, workflow)
    if (!conversation && channel !== 'message')
      return notHandedOver(`a ${channel} without a call or a conversation cannot be handed over`, WARNING.unsupported)
    if (conversation?.status === 'handed off') return notHandedOver('agents have the conversation already')
    return handedTo(visit, workflow, read.own)
  },

  resume({ execution, properties: { timeout } }, event) {
    if (event.type === 'continued') return dequeued(event.params, timeout)
    if (event.type === 'handed-over') return handedOver(execution, event)
    return event.type === 'hand-over-refused' ? notHandedOver(event.reason) : undefined
  },
})

function enqueued({ properties, callbackUrl }: FlexVisit, workflowSid: string) {
  const { attributes, priority, timeout, waitUrl, waitUrlMethod } = properties
  const { warnings, ...wait } = waitOf(waitUrl, waitUrlMethod)
  const task: Task = { verb: 'Task', priority, timeout, text: attributes?.trim() || '{}' }
  return answer([{ verb: 'Enqueue', action: callbackUrl(), method: 'POST', workflowSid, ...wait, children: [task] }], {
    warnings,
  })
}

function handedTo({ properties, execution }: FlexVisit, workflowSid: string, attributes: Fields) {
  const { channel: taskChannel, priority, timeout } = properties
  const effect = handOver(execution, { workflowSid, taskChannel, priority, timeout }, attributes)
  return ask(effect, 'handed-over', 'hand-over-refused')
}

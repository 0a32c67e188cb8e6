import { z } from 'zod'
import { dequeued, notEnqueued, QUEUE_EXITS, taskOf, waitOf } from '../engine/enqueuing.ts'
import { answer, defineWidget } from '../engine/widget.ts'
import { text, textInteger } from '../flow/properties.ts'

const properties = z.object({
  workflow: text().meta({ title: 'Workflow', liquid: false }),
  channel: text().meta({ title: 'Task channel', liquid: false }),
  attributes: text().meta({ title: 'Attributes' }),
  priority: textInteger().meta({ title: 'Priority' }),
  timeout: textInteger({ min: 0 }).meta({ title: 'Timeout in seconds' }),
  waitUrl: text().meta({ title: 'Hold music TwiML URL' }),
  waitUrlMethod: text().meta({ title: 'Hold music TwiML URL method' }),
})

/** Hands a call over to Flex's agents (widgets.md 3.23, functions-flex.md D1). */
export const sendToFlex = defineWidget({
  type: 'send-to-flex',
  summary: 'Hands the contact over to an agent in Flex.',
  needs: 'anything',
  exits: QUEUE_EXITS,
  properties,

  enter({ properties, callbackUrl, execution }) {
    const { workflow, attributes, priority, timeout, waitUrl, waitUrlMethod } = properties
    if (!execution.call) return notEnqueued(`a ${execution.channel} cannot be handed over to Flex: only calls can`)
    if (!workflow) return notEnqueued('no workflow is named that could take the call')
    const { warnings, ...wait } = waitOf(waitUrl, waitUrlMethod)
    const { task, warnings: flaws } = taskOf({ attributes, priority, timeout })
    return answer(
      [{ verb: 'Enqueue', action: callbackUrl(), method: 'POST', workflowSid: workflow, ...wait, children: [task] }],
      { warnings: [...warnings, ...flaws] },
    )
  },

  resume: ({ properties: { timeout } }, event) =>
    event.type === 'continued' ? dequeued(event.params, timeout) : undefined,
})

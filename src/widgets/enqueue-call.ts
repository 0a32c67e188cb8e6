import { z } from 'zod'
import { dequeued, notEnqueued, QUEUE_EXITS, taskOf, waitOf } from '../engine/enqueuing.ts'
import { answer, defineWidget } from '../engine/widget.ts'
import { integer, text } from '../flow/properties.ts'

const properties = z.object({
  queue_name: text().meta({ title: 'Queue name' }),
  workflow_sid: text().meta({ title: 'TaskRouter workflow', liquid: false }),
  task_attributes: text().meta({ title: 'Task attributes' }),
  priority: integer().meta({ title: 'Priority' }),
  timeout: integer({ min: 0 }).meta({ title: 'Timeout in seconds' }),
  wait_url: text().meta({ title: 'Hold music TwiML URL' }),
  wait_url_method: text().default('GET').meta({ title: 'Hold music TwiML URL method' }),
})

/** Puts the caller into a queue or before a TaskRouter workflow (widgets.md 3.11). */
export const enqueueCall = defineWidget({
  type: 'enqueue-call',
  library: {
    title: 'Enqueue Call',
    group: 'Voice',
    exits: { callComplete: 'Call Completed', failedToEnqueue: 'Failed to Enqueue', callFailure: 'Call Failed' },
  },
  summary: 'Puts the caller into a queue.',
  needs: 'call',
  exits: QUEUE_EXITS,
  properties,

  enter({ properties, callbackUrl }) {
    const {
      queue_name = '',
      workflow_sid,
      task_attributes: attributes,
      priority,
      timeout,
      wait_url,
      wait_url_method,
    } = properties
    const { warnings, ...wait } = waitOf(wait_url, wait_url_method)
    const enqueue = { verb: 'Enqueue', action: callbackUrl(), method: 'POST', ...wait } as const
    if (workflow_sid) {
      const { task, warnings: flaws } = taskOf({ attributes, priority, timeout })
      return answer([{ ...enqueue, workflowSid: workflow_sid, children: [task] }], {
        warnings: [...warnings, ...flaws],
      })
    }
    const name = queue_name.trim()
    if (name === '' || name.length > LONGEST_NAME)
      return notEnqueued(`the queue name ${JSON.stringify(name)} has not 1 to ${LONGEST_NAME} characters`)
    return answer([{ ...enqueue, text: name }], { warnings })
  },

  resume: ({ properties: { timeout } }, event) =>
    event.type === 'continued' ? dequeued(event.params, timeout) : undefined,
})

/** The carrier's limit, in characters. */
const LONGEST_NAME = 64

import type { Task } from '../twiml/verbs.ts'
import type { Params } from './event.ts'
import { isFields } from './fields.ts'
import { jsonIn } from './json.ts'
import { WARNING, type Warning } from './warning.ts'
import { webUrl } from './web-url.ts'
import { exit, type Result } from './widget.ts'

/** The exits of the two widgets that put a call into a queue (widgets.md 3.11 and 3.23). */
export const QUEUE_EXITS = ['callComplete', 'failedToEnqueue', 'callFailure'] as const

/** Leaves by what became of the queued call (functions-flex.md D2); `timeout` is that of its task. */
export function dequeued(output: Params, timeout?: number): Result<(typeof QUEUE_EXITS)[number]> {
  const given = isTimedOut(output, timeout) ? { output, warnings: [TIMED_OUT] } : { output }
  if (output.QueueResult === 'queue-full' || output.QueueResult === 'error') return exit('failedToEnqueue', given)
  if (output.QueueResult === 'system-error') return exit('callFailure', given)
  return exit('callComplete', given)
}

/** The carrier has no word for it: a task whose time is up makes its call leave the queue. */
function isTimedOut({ QueueResult, QueueTime }: Params, timeout = Number.POSITIVE_INFINITY): boolean {
  return (QueueResult === 'leave' || QueueResult === 'error') && Number(QueueTime) >= timeout
}

const TIMED_OUT: Warning = { code: WARNING.enqueueTimedOut, message: 'nobody took the call before the timeout' }

/** Leaves without a queue. */
export function notEnqueued(message: string): Result<'failedToEnqueue'> {
  return exit('failedToEnqueue', { warnings: [{ code: WARNING.unsupported, message }] })
}

/** What a queued caller hears; a URL that is none is left out, and the call is queued all the same. */
export interface Wait {
  readonly waitUrl?: string | undefined
  readonly waitUrlMethod?: 'GET' | 'POST' | undefined
  readonly warnings: readonly Warning[]
}

/** Reads a wait URL and its method. */
export function waitOf(url = '', method = ''): Wait {
  if (url.trim() === '') return { warnings: [] }
  const parsed = webUrl(url.trim())
  if (!parsed)
    return {
      warnings: [
        {
          code: WARNING.waitUrl,
          message: `the wait URL ${JSON.stringify(url)} is not absolute; the default music plays`,
        },
      ],
    }
  const known = method.trim().toUpperCase()
  return { waitUrl: parsed.href, waitUrlMethod: known === 'GET' || known === 'POST' ? known : undefined, warnings: [] }
}

interface TaskProperties {
  readonly attributes?: string | undefined
  readonly priority?: number | undefined
  readonly timeout?: number | undefined
}

/** The task of a queued call; attributes that are no JSON object would make the carrier refuse the whole document. */
export function taskOf({ attributes = '', priority, timeout }: TaskProperties): {
  readonly task: Task
  readonly warnings: readonly Warning[]
} {
  const text = attributes.trim()
  const sound = text === '' || isFields(jsonIn(text))
  const message = `the task attributes ${JSON.stringify(text.slice(0, 200))} are no JSON object; the task has none`
  return {
    task: { verb: 'Task', priority, timeout, text: sound && text !== '' ? text : '{}' },
    warnings: sound ? [] : [{ code: WARNING.parse, message }],
  }
}

import type { Scene } from '../call/player.ts'
import { numberOf } from '../document/attributes.ts'
import { type Element, elementsIn, rawText } from '../document/element.ts'
import { jsonObjectIn } from '../json-object.ts'
import type { Params } from '../line/web-request.ts'
import { type Task, type TaskRouter, type TaskStatus, USUAL_TIMEOUT } from './tasks.ts'

/** The task that a call is while it waits before a workflow, and while it talks with an agent. */
export class CallTask {
  readonly #router: TaskRouter
  readonly #sid: string

  constructor(router: TaskRouter, { sid }: Task) {
    this.#router = router
    this.#sid = sid
  }

  /** An agent has the call. */
  assign(): void {
    this.#move('pending', { status: 'assigned' })
  }

  /** The call is in the queue no more: an agent who has had it wraps up, and no other one gets it. */
  leave(result: string): void {
    this.#move('assigned', { status: 'wrapping' })
    this.#move('pending', { status: 'canceled', reason: result })
  }

  /** Whoever has changed it over REST meanwhile, has the last word. */
  #move(from: TaskStatus, changes: Partial<Pick<Task, 'status' | 'reason'>>): void {
    const task = this.#router.get(this.#sid)
    if (task?.status === from) this.#router.change(task, changes)
  }
}

/** Makes the task of a call that Enqueue puts before a workflow; a queue with a name has none (functions-flex.md D1). */
export function callTask(verb: Element, { leg, office }: Scene): CallTask | undefined {
  const { workflowSid } = verb.attributes
  if (workflowSid === undefined) return undefined
  const noun = elementsIn(verb).find(({ name }) => name === 'Task')
  const attributes = { ...inSnakeCase(leg.parameters()), ...(noun && jsonObjectIn(rawText(noun))) }
  const task = office.taskRouter.create({
    attributes: JSON.stringify(attributes),
    workflowSid,
    channel: 'voice',
    priority: Number(noun?.attributes.priority) || 0,
    timeout: numberOf(noun?.attributes.timeout, USUAL_TIMEOUT),
  })
  return new CallTask(office.taskRouter, task)
}

/** `CallSid` is `call_sid`. */
function inSnakeCase(params: Params): Params {
  const named = (name: string) => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase()
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [named(name), value]))
}

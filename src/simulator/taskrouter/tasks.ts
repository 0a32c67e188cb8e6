import type { Ground } from '../ground.ts'
import { Shelf } from '../shelf.ts'

/** How a task stands (functions-flex.md D5). */
export type TaskStatus = 'pending' | 'assigned' | 'wrapping' | 'completed' | 'canceled'

/** Seconds for which a task is kept for agents where nothing else is said. */
export const USUAL_TIMEOUT = 86_400

/** Something that agents have to do. Times are epoch milliseconds. */
export interface Task {
  readonly sid: string
  /** JSON text. */
  readonly attributes: string
  readonly workflowSid: string | undefined
  /** A sid, or a unique name such as `chat`. */
  readonly channel: string
  readonly priority: number
  /** Seconds after which a task that nobody has taken is called off. */
  readonly timeout: number
  readonly status: TaskStatus
  readonly reason: string | undefined
  readonly createdAt: number
  readonly updatedAt: number
}

/** What of a task is wished for. */
export type TaskWish = Pick<Task, 'attributes' | 'workflowSid' | 'channel' | 'priority' | 'timeout'>

/** What tasks stand on. */
interface TaskGround extends Pick<Ground, 'clock' | 'accountSid'> {
  sid(prefix: string): string
}

/** Where tasks are routed: one workspace, as Flex has it, in which no agent is played. */
export class TaskRouter {
  readonly workspaceSid: string
  readonly createdAt: number
  readonly #ground: TaskGround
  readonly #kept: Shelf<Task>

  constructor(ground: TaskGround) {
    this.workspaceSid = `WS${ground.accountSid.slice(2)}` // the same for as long as the account
    this.createdAt = ground.clock.now()
    this.#ground = ground
    this.#kept = new Shelf<Task>({
      begunAt: ({ createdAt }) => createdAt,
      isOver: (task) => isDone(this.#asOfNow(task)),
    })
  }

  create(wish: TaskWish): Task {
    const now = this.#ground.clock.now()
    const made = {
      sid: this.#ground.sid('WT'),
      status: 'pending',
      reason: undefined,
      createdAt: now,
      updatedAt: now,
    } as const
    return this.#kept.put({ ...wish, ...made })
  }

  get(sid: string): Task | undefined {
    const task = this.#kept.get(sid)
    return task && this.#asOfNow(task)
  }

  /** Oldest first. */
  list(): readonly Task[] {
    return this.#kept.list().map((task) => this.#asOfNow(task))
  }

  change(task: Task, changes: Partial<Pick<Task, 'attributes' | 'priority' | 'status' | 'reason'>>): Task {
    return this.#kept.put({ ...task, ...changes, updatedAt: this.#ground.clock.now() })
  }

  remove({ sid }: Task): void {
    this.#kept.remove(sid)
  }

  #asOfNow(task: Task): Task {
    const isLate = task.status === 'pending' && this.#ground.clock.now() >= task.createdAt + task.timeout * 1_000
    return isLate ? { ...task, status: 'canceled', reason: 'Task TTL Exceeded' } : task
  }
}

/** Whether nothing more becomes of a task. */
export function isDone({ status }: Task): boolean {
  return status === 'canceled' || status === 'completed'
}

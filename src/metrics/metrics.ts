import { collectDefaultMetrics, Registry } from 'prom-client'
import type { Move } from '../runtime/move.ts'
import type { Store } from '../store/store.ts'
import { ANSWERS } from './answers.ts'
import { instruments, type Loads } from './instruments.ts'

/** What is measured of a running server, in Prometheus' format. Everything is told after the fact, so that nobody waits for it. */
export class Metrics {
  readonly #registry = new Registry()
  readonly #to = instruments(this.#registry)

  /** Tells of memory, event loop and garbage collection of this process, too; once for a process. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.#registry })
  }

  /** A webhook was answered after so many milliseconds; what was refused before it was known has the kind `unknown`. */
  answered(kind: string, status: number, milliseconds: number): void {
    this.#to.webhooks.observe({ kind, status }, milliseconds / 1_000)
  }

  /** An execution was moved, and that was saved. */
  moved({ before, execution, event, steps, warnings, effect, moment }: Move): void {
    if (!before) this.#to.started.inc({ channel: execution.channel })
    if (before?.status !== 'ended' && execution.status === 'ended')
      this.#to.ended.inc({ reason: execution.endedReason ?? 'FLOW_END' })
    if (steps.length > 0) this.#to.steps.inc(steps.length)
    for (const { code } of warnings) this.#to.warnings.inc({ code })
    if (effect) this.#to.effects.inc({ effect: effect.type })
    if (!before) return
    const dueAt = event.type === 'time-ran-out' ? before.waiting?.dueAt : undefined
    if (dueAt !== undefined) this.#to.late.observe(Math.max(0, moment.now - dueAt) / 1_000)
    if (ANSWERS.has(event.type))
      this.#to.answers.observe({ event: event.type }, Math.max(0, moment.now - before.updatedAt) / 1_000)
  }

  /** The same store, its writes of executions timed. */
  timing(store: Store): Store {
    return {
      ...store,
      save: async (moved) => {
        const ended = this.#to.commits.startTimer()
        return store.save(moved).finally(ended)
      },
    }
  }

  /** Looks at the executions under way, the database and the functions whenever somebody asks. */
  watchLoads({ activeExecutions: active, load: database }: Store, functions: Loads['functions']): void {
    this.#to.watch({ active, database, functions })
  }

  /** All of it as it stands. */
  async shown(): Promise<{ readonly type: string; readonly text: string }> {
    return { type: this.#registry.contentType, text: await this.#registry.metrics() }
  }
}

import type { Logger } from 'pino'
import type { MoveNews, News } from '../store/news.ts'
import type { Fellows } from '../store/sql-fellows.ts'
import type { Store } from '../store/store.ts'
import { Background } from './background.ts'
import type { Broadcast, SeenMove } from './broadcast.ts'
import type { FlowDesk } from './flow-desk.ts'

/** What hearsay is made of. */
export interface HearsayParts {
  readonly fellows: Fellows
  readonly store: Store
  readonly broadcast: Broadcast
  readonly log: Logger
  readonly desk: Pick<FlowDesk, 'refresh' | 'refreshAll'>
}

/** Tells the other instances what happens here, and those who follow it here what happens there. Of moves only while somebody follows them. */
export class Hearsay {
  readonly #parts: HearsayParts
  readonly #background: Background
  #followedUntil = 0
  #timer: NodeJS.Timeout | undefined

  constructor(parts: HearsayParts) {
    this.#parts = parts
    this.#background = new Background(parts.log)
  }

  async start(): Promise<void> {
    const { fellows, broadcast, desk } = this.#parts
    const missed = () => this.#background.add(desk.refreshAll(), {}, 'the flows could not be read again')
    await fellows.listen({ hear: (news) => this.#hear(news), missed })
    broadcast.listenHere((move) => this.#pass(move))
    this.#timer = setInterval(() => broadcast.isFollowed && this.tell({ kind: 'following' }), FOLLOWING_EVERY_MS)
  }

  /** Tells the others, some time. */
  tell(news: News): void {
    this.#background.add(this.#parts.fellows.tell(news), { news: news.kind }, 'the other instances could not be told')
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#background.settled()
  }

  /** Tells the others of a move, where one of them wants to know. */
  #pass(move: SeenMove): void {
    if (performance.now() < this.#followedUntil) this.tell({ kind: 'move', move: inFewWords(move) })
  }

  #hear(news: News): void {
    if (news.kind === 'following') this.#followedUntil = performance.now() + 3 * FOLLOWING_EVERY_MS
    else this.#background.add(this.#read(news), { news: news.kind }, 'what another instance tells of could not be read')
  }

  #read(news: Exclude<News, { kind: 'following' }>): Promise<void> {
    return news.kind === 'flow' ? this.#parts.desk.refresh(news.sid) : this.#retell(news.move)
  }

  async #retell(news: MoveNews): Promise<void> {
    const { broadcast, store } = this.#parts
    if (!broadcast.isFollowed) return
    const execution = await store.execution(news.sid)
    if (!execution) return
    const steps = await store.steps(news.sid)
    const warnings = news.warnings > 0 ? await store.warnings(news.sid) : []
    const hasGoneOn = execution.version > news.version // where it rests is for the news of that to say
    broadcast.retell({
      execution: { ...execution, version: news.version, steps: news.steps.to },
      steps: steps.slice(news.steps.from, news.steps.to),
      warnings: warnings.slice(-news.warnings),
      asks: news.asks || hasGoneOn,
      wasEnded: news.wasEnded || hasGoneOn,
    })
  }
}

const FOLLOWING_EVERY_MS = 1_000

function inFewWords({ execution, steps, warnings, asks, wasEnded }: SeenMove): MoveNews {
  const { sid, version, steps: to } = execution
  return { sid, version, steps: { from: to - steps.length, to }, warnings: warnings.length, asks, wasEnded }
}

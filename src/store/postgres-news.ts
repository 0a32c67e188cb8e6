import type { Client, Notification } from 'pg'
import type { Listener, News } from './news.ts'
import type { Sql } from './sql.ts'

/** How news go from instance to instance of one PostgreSQL: `listen` on a connection of its own, `notify` on any. */
export class PostgresNews {
  readonly #sql: Sql
  readonly #self: string
  readonly #connect: () => Client
  #client: Client | undefined
  #listener: Listener | undefined
  #timer: NodeJS.Timeout | undefined
  #telling: Promise<unknown> = Promise.resolve()

  constructor(sql: Sql, self: string, connect: () => Client) {
    this.#sql = sql
    this.#self = self
    this.#connect = connect
  }

  /** Tells all others, in the order in which it is asked to. */
  tell(news: News): Promise<void> {
    const text = JSON.stringify({ ...news, by: this.#self })
    const tell = () => this.#sql.rows('select pg_notify($1, $2)', CHANNEL, text)
    const told = this.#telling.then(tell)
    this.#telling = told.catch(() => undefined) // its caller is told
    return told.then(() => undefined)
  }

  /** Hears what the others tell from now on, for as long as there is a connection, and on the next one. */
  async listen(listener: Listener): Promise<void> {
    this.#listener = listener
    await this.#open()
  }

  async close(): Promise<void> {
    this.#listener = undefined
    clearTimeout(this.#timer)
    await this.#telling
    await this.#client?.end()
  }

  async #open(): Promise<void> {
    const client = this.#connect()
    this.#client = client
    client.on('error', () => undefined) // 'end' follows
    client.on('end', () => this.#reopen())
    client.on('notification', (notification) => this.#hear(notification))
    await client.connect()
    await client.query(`listen ${CHANNEL}`)
    this.#ask(client)
  }

  /** A connection that says nothing may be none any more. */
  #ask(client: Client): void {
    this.#timer = setTimeout(() => {
      client.query('select 1').then(
        () => this.#ask(client),
        () => client.end(),
      )
    }, ASK_EVERY_MS)
  }

  #reopen(): void {
    clearTimeout(this.#timer)
    if (!this.#listener) return
    this.#timer = setTimeout(() => {
      this.#open().then(
        () => this.#listener?.missed(),
        () => this.#reopen(),
      )
    }, AGAIN_MS)
  }

  #hear({ payload = '' }: Notification): void {
    const { by, ...news }: News & { readonly by: string } = JSON.parse(payload)
    if (by !== this.#self) this.#listener?.hear(news)
  }
}

const CHANNEL = 'trunkline'
const AGAIN_MS = 1_000
const ASK_EVERY_MS = 10_000

import type { ServerResponse } from 'node:http'
import { PRIVATE_HEADERS } from '../private-answers.ts'

/** The open Server-Sent Events of all clients. One that does not read is let go, so that it holds no memory; one that is gone costs nothing. */
export class Streams {
  readonly #open = new Set<ServerResponse>()
  #heart: NodeJS.Timeout | undefined

  get size(): number {
    return this.#open.size
  }

  /** Opens a stream in answer to a request; `onEnd` is called once, however it ends. */
  open(response: ServerResponse, onEnd: () => void): void {
    this.#heart ??= setInterval(() => this.#beat(), HEARTBEAT_MS).unref()
    this.#open.add(response)
    response.on('error', () => undefined) // 'close' follows
    response.once('close', () => {
      this.#open.delete(response)
      onEnd()
    })
    response.writeHead(200, HEAD)
    response.write(`retry: ${RETRY_MS}\n\n`)
  }

  /** Tells one client. What it has not read yet stays in memory; too much of it ends the stream. */
  tell(response: ServerResponse, text: string): void {
    if (response.writableEnded || response.destroyed) return
    response.write(text)
    if (response.writableLength > MOST_UNREAD) letGo(response, sseText('dropped', { reason: 'read too slowly' }))
  }

  /** Ends all of them. */
  close(): void {
    clearInterval(this.#heart)
    this.#heart = undefined
    for (const response of this.#open) letGo(response, '')
  }

  #beat(): void {
    for (const response of this.#open) this.tell(response, ': alive\n\n')
  }
}

const HEAD = {
  ...PRIVATE_HEADERS,
  'content-type': 'text/event-stream; charset=utf-8',
  connection: 'close', // a server that stops does not wait for what comes next
  'x-accel-buffering': 'no', // nginx passes it on at once
} as const

const RETRY_MS = 2_000
const HEARTBEAT_MS = 15_000
/** Bytes. */
const MOST_UNREAD = 1024 * 1024

/** An event as a stream has it. */
export function sseText(event: string, data: object): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}

/** Who does not read to the end in time is cut off. */
function letGo(response: ServerResponse, lastWords: string): void {
  response.end(lastWords)
  setTimeout(() => response.destroy(), LAST_WORDS_MS).unref()
}

const LAST_WORDS_MS = 1_000

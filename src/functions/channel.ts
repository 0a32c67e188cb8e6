import type { Duplex } from 'node:stream'
import { type Frame, FrameReader, frameOf } from './frames.ts'
import { FromChild, type ToChild } from './messages.ts'

/** Who listens at a channel. */
export interface Listener {
  /** Something has come; what it says, if it is whole, is told next. */
  onHeard(): void
  onMessage(message: FromChild, body: Buffer): void
  /** Nothing more is understood. */
  onNonsense(error: unknown): void
}

/** What is said between the server and one child: messages, each in a frame. */
export class Channel {
  readonly #stream: Duplex
  readonly #listener: Listener
  readonly #reader: FrameReader<unknown>

  /** No message may be longer than `mostBytes`. */
  constructor(stream: Duplex, { mostBytes, listener }: { mostBytes: number; listener: Listener }) {
    this.#stream = stream
    this.#listener = listener
    this.#reader = new FrameReader(mostBytes)
    stream.on('data', (chunk: Buffer) => this.#hear(chunk))
  }

  /** What is told in one turn of the event loop goes out together. */
  tell(message: ToChild): void {
    const stream = this.#stream
    if (stream.writableCorked === 0) {
      stream.cork()
      setImmediate(() => stream.uncork())
    }
    stream.write(frameOf(message))
  }

  #hear(chunk: Buffer): void {
    this.#listener.onHeard()
    try {
      for (const frame of this.#reader.read(chunk)) this.#understand(frame)
    } catch (error) {
      this.#stream.removeAllListeners('data').resume()
      this.#listener.onNonsense(error)
    }
  }

  #understand({ head, body }: Frame<unknown>): void {
    this.#listener.onMessage(FromChild.parse(head), body)
  }
}

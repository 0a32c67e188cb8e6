/** One thing that is said between the server and a child: a head in JSON, and bytes as they are. */
export interface Frame<Head> {
  readonly head: Head
  readonly body: Buffer
}

/** A frame as it goes over the wire: the lengths of its head and its body, four bytes each, then both. */
export function frameOf(head: object, body: Uint8Array = NOTHING): Buffer {
  const text = JSON.stringify(head)
  const length = Buffer.byteLength(text)
  const frame = Buffer.allocUnsafe(LENGTHS + length + body.length)
  frame.writeUInt32BE(length, 0)
  frame.writeUInt32BE(body.length, HALF)
  frame.write(text, LENGTHS)
  frame.set(body, LENGTHS + length)
  return frame
}

/** Cuts what comes over the wire into frames. Not Node's own IPC: that takes down whoever reads it when the other end writes rubbish to the descriptor. */
export class FrameReader<Head> {
  readonly #mostBytes: number
  #held: Buffer[] = []
  #heldBytes = 0
  /** Less than this is no whole frame. */
  #wanted = LENGTHS

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  /** The frames that are whole now; throws where this cannot be a frame. */
  read(chunk: Buffer): Frame<Head>[] {
    this.#held.push(chunk)
    this.#heldBytes += chunk.length
    if (this.#heldBytes < this.#wanted) return []
    return this.#cut(this.#heldBytes === chunk.length ? chunk : Buffer.concat(this.#held))
  }

  #cut(bytes: Buffer): Frame<Head>[] {
    const frames: Frame<Head>[] = []
    let rest = bytes
    for (;;) {
      this.#wanted = this.#sizeOf(rest)
      if (rest.length < this.#wanted) break
      frames.push(first(rest, this.#wanted))
      rest = rest.subarray(this.#wanted)
    }
    this.#held = [rest]
    this.#heldBytes = rest.length
    return frames
  }

  #sizeOf(bytes: Buffer): number {
    if (bytes.length < LENGTHS) return LENGTHS
    const size = LENGTHS + bytes.readUInt32BE(0) + bytes.readUInt32BE(HALF)
    if (size > this.#mostBytes) throw new RangeError(`a frame of ${size} bytes is larger than ${this.#mostBytes}`)
    return size
  }
}

function first<Head>(bytes: Buffer, size: number): Frame<Head> {
  const body = LENGTHS + bytes.readUInt32BE(0)
  return { head: JSON.parse(bytes.toString('utf8', LENGTHS, body)), body: bytes.subarray(body, size) }
}

const NOTHING = Buffer.alloc(0)
const HALF = 4
const LENGTHS = 8

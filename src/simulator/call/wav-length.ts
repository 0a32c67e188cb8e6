/** Seconds of a WAV file, from its first bytes; undefined where they do not tell, or are of something else. */
export function wavLength(beginning: Uint8Array): number | undefined {
  const bytes = Buffer.from(beginning.buffer, beginning.byteOffset, beginning.byteLength)
  if (text(bytes, 0) !== 'RIFF' || text(bytes, 8) !== 'WAVE') return undefined
  let rate = 0
  for (let at = FIRST_CHUNK; at + HEAD <= bytes.length; at += HEAD + even(bytes.readUInt32LE(at + 4))) {
    const kind = text(bytes, at)
    if (kind === 'fmt ' && at + RATE + 4 <= bytes.length) rate = bytes.readUInt32LE(at + RATE)
    if (kind === 'data') return lasting(bytes.readUInt32LE(at + 4), rate)
  }
  return undefined
}

const FIRST_CHUNK = 12
/** A chunk has a name and a size before it. */
const HEAD = 8
/** Where a format says how many bytes there are to a second. */
const RATE = HEAD + 8

function text(bytes: Buffer, at: number): string {
  return bytes.toString('latin1', at, at + 4)
}

/** Chunks of an odd size are filled up. */
function even(size: number): number {
  return size + (size % 2)
}

/** What is written while it is made does not know its size, and says none or all. */
function lasting(size: number, rate: number): number | undefined {
  return size === 0 || size === 0xff_ff_ff_ff || rate === 0 ? undefined : size / rate
}

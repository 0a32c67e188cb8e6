import { randomFillSync } from 'node:crypto'

/** A random hexadecimal text of so many bytes, at most 64. The system is asked for many at once: asking takes longer than what a step draws. */
export function randomHex(bytes: number): string {
  if (at + bytes > POOL.length) refill()
  at += bytes
  return POOL.toString('hex', at - bytes, at)
}

const POOL = Buffer.alloc(4_096)
let at = POOL.length

function refill(): void {
  randomFillSync(POOL)
  at = 0
}

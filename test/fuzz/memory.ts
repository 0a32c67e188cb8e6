import { existsSync, readFileSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ServerLives } from '../torture/server-lives.ts'

/** Node's arguments for a server whose memory can be looked at. */
export const OBSERVED = ['--expose-gc', '--import', new URL('heap-on-signal.mjs', import.meta.url).href] as const

/** Bytes of the heap of such a server after a collection; `file` is its setting HEAP_FILE. */
export async function heapOf(server: ServerLives, file: string): Promise<number> {
  rmSync(file, { force: true })
  server.signal('SIGWINCH')
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    if (text !== '') return Number(text)
    await sleep(50)
  }
  throw new Error('the server does not tell how much memory it has')
}

const MOST_LOOKS = 400

/** What is wrong where the heap still grows in the last third of the looks: each is the heap after so many more requests, of which nothing is kept. */
export function faultsOfMemory(heap: readonly number[], requests: number): string[] {
  const last = heap.slice(-Math.ceil(heap.length / 3))
  const growth = slopeOf(last) / requests
  return growth > MOST_GROWTH ? [`the heap grows by ${Math.round(growth)} bytes a request: ${last.join(', ')}`] : []
}

/** The least that is kept of a request, such as a string in a map, is more; what a look is off by is less. */
const MOST_GROWTH = 40

/** The slope of the straight line that is nearest to all. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2
  const across = values.reduce((sum, value, index) => sum + (index - middle) * value, 0)
  const square = values.reduce((sum, _value, index) => sum + (index - middle) ** 2, 0)
  return square === 0 ? 0 : across / square
}

import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { FastifyInstance } from 'fastify'
import { Refusal } from '../errors.ts'
import { pathOf } from './base-url.ts'

/** How much work is taken on. */
export interface PressureParts {
  /** Percent of the memory there is; with more in use nothing new is begun. */
  readonly memoryPercent: number
}

/** Refuses everything with 503 before memory runs out, so that what is under way ends well; the server is not ready then, and a load balancer asks others instead. */
export function pressure(server: FastifyInstance, { memoryPercent }: PressureParts): void {
  const isFull = sampled(() => isInUse(memoryPercent))
  server.addHook('onRequest', async (request) => {
    if (isFull() && !WATCHING.has(pathOf(request))) throw new Refusal('unavailable', 'The memory is running out')
  })
}

/** Whoever looks after the server has to see it. */
const WATCHING: ReadonlySet<string> = new Set(['/healthz', '/metrics'])

/** Checks once a second; less often while memory is short, because to be sure of that takes a full garbage collection. */
function sampled(look: () => boolean): () => boolean {
  let found = false
  let next = Number.NEGATIVE_INFINITY
  return () => {
    if (performance.now() < next) return found
    found = look()
    next = performance.now() + (found ? FULL_FRESH_MS : FRESH_MS)
    return found
  }
}

const FRESH_MS = 1_000
const FULL_FRESH_MS = 5_000

/** Garbage does not count: a server that refuses everything makes none, and would wait for ever for it to be collected. */
function isInUse(percent: number): boolean {
  if (percentInUse() <= percent) return false
  collectGarbage()
  return percentInUse() > percent
}

/** Of the heap that Node gives itself, or of what the container has, whichever is scarcer. */
function percentInUse(): number {
  const { used_heap_size, heap_size_limit, external_memory } = getHeapStatistics()
  const given = process.constrainedMemory() || Number.POSITIVE_INFINITY // 0 or undefined: nobody knows of a limit
  return 100 * Math.max(used_heap_size / heap_size_limit, (used_heap_size + external_memory) / given)
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc()')
}

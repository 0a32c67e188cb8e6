import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Refusal } from '../errors.ts'
import type { Reception } from '../runtime/reception.ts'
import type { Runtime } from '../runtime/runtime.ts'
import type { Store } from '../store/store.ts'

/** What has to be ready. */
export interface ReadinessParts {
  readonly store: Store
  readonly runtime: Runtime
  readonly reception: Reception
}

/** `GET /healthz`: the process lives. `GET /readyz`: new work is welcome, which it is not while the database cannot be written and while the server stops; until the last answer is out everything but these is refused then. */
export function readiness(server: FastifyInstance, { store, runtime, reception }: ReadinessParts): void {
  let isStopping = false
  server.addHook('preClose', async () => {
    isStopping = true
    runtime.close()
    await reception.settled() // the port stays open meanwhile
  })
  server.addHook('onRequest', async ({ url }) => {
    if (isStopping && url !== HEALTH) throw new Refusal('unavailable', 'The server is stopping')
  })
  server.get(HEALTH, { exposeHeadRoute: true, config: { operation: LIVES } }, () => ({ status: 'ok' }))
  const check = sparingly(() => store.checkWritable())
  server.get('/readyz', { exposeHeadRoute: true, config: { operation: IS_READY } }, async () => {
    await check()
    return { status: 'ok' }
  })
}

const HEALTH = '/healthz'
const STATUS = z.object({ status: z.literal('ok') })
const LIVES = { summary: 'The process lives', answer: STATUS } as const
const IS_READY = { summary: 'New work is welcome; 503 where it is not', answer: STATUS } as const

/** Checks no more than once a second, however many ask. */
function sparingly(check: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve()
  let at = Number.NEGATIVE_INFINITY
  return () => {
    if (performance.now() - at < FRESH_MS) return last
    at = performance.now()
    last = check()
    return last
  }
}

const FRESH_MS = 1_000

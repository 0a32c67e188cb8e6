import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'

/** The id of a request: the one that it brings, as a proxy gives it, or one of its own. */
export function requestId({ headers }: IncomingMessage): string {
  const given = headers['x-request-id']
  if (typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given)) return given
  count += 1
  return `${PROCESS}-${count}`
}

/** Tells the requests of two processes apart. */
const PROCESS = randomBytes(6).toString('hex')
let count = 0

/** Tells every request's id to who made it. */
export function tellRequestIds(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    done()
  })
}

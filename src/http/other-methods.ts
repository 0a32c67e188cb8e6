import type { FastifyInstance, HTTPMethods } from 'fastify'
import { Refusal } from '../errors.ts'
import { pathOf } from './base-url.ts'
import { failAsJson } from './fail.ts'

/** Refuses by name what a resource cannot be asked by, of all that are registered between this call and that of what it gives: else it would be told that there is no such resource. */
export function refusingOtherMethods(server: FastifyInstance): () => void {
  const known = new Map<string, Set<string>>()
  server.addHook('onRoute', ({ url, method }) => {
    known.set(url, new Set([...(known.get(url) ?? []), ...[method].flat()]))
  })
  return () =>
    void server.register(async (others) => {
      others.setErrorHandler(failAsJson)
      for (const [url, methods] of [...known]) refuse(others, url, methods)
    })
}

const METHODS: readonly HTTPMethods[] = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']

function refuse(server: FastifyInstance, url: string, known: ReadonlySet<string>): void {
  const hasNoHead = known.has('GET') && !known.has('HEAD') // a webhook that is only looked at is as if it was not there
  const method = METHODS.filter((one) => !known.has(one) && !(hasNoHead && one === 'HEAD'))
  if (method.length === 0) return
  server.route({
    method,
    url,
    config: { operation: null },
    onRequest: async (request, reply) => {
      reply.header('allow', [...known].join(', '))
      throw new Refusal('methodNotAllowed', `${request.method} is not allowed on ${pathOf(request)}`)
    },
    handler: () => undefined,
  })
}

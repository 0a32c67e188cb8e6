import type { FastifyInstance, HTTPMethods } from 'fastify'
import { Refusal } from '../errors.ts'
import { pathOf } from './base-url.ts'
import { failAsJson } from './fail.ts'

/** Answers 405 for the methods that a resource does not have, instead of saying that there is no such resource. It holds for all routes that are registered between this call and a call of the function it returns. */
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
  const hasNoHead = known.has('GET') && !known.has('HEAD') // to HEAD a webhook is as if it were not there
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

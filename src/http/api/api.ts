import type { FastifyInstance } from 'fastify'
import type { Credentials } from '../../signature/basic-auth.ts'
import { requireAccess } from '../access.ts'
import { failAsJson } from '../fail.ts'
import { mount } from '../studio/resource.ts'
import { type BundleParts, bundle } from './bundle.ts'
import { type EventParts, events } from './events.ts'
import { execution } from './execution.ts'
import { executions } from './executions.ts'

/** What our own API needs. */
export interface ApiParts extends BundleParts, EventParts {
  readonly credentials: readonly Credentials[]
  /** Base of every URL given out; undefined: as the request says. */
  readonly publicUrl: string | undefined
}

/** What Studio has not, under `/api`: behind the same credentials as its REST API, and with errors of the same shape. */
export function ownApi(server: FastifyInstance, parts: ApiParts): void {
  server.register(async (api) => {
    api.addHook('onRequest', requireAccess(parts.credentials))
    api.setErrorHandler(failAsJson)
    for (const resource of [executions(parts), execution(parts), bundle(parts)]) mount(api, resource, parts.publicUrl)
    events(api, parts)
  })
}

import type { FastifyInstance } from 'fastify'
import { type ApiAccess, behindCredentials } from '../access.ts'
import { mount } from '../resource.ts'
import { type BundleParts, bundle } from './bundle.ts'
import { type EventParts, events } from './events.ts'
import { execution } from './execution.ts'
import { executions } from './executions.ts'

/** What our own API needs. */
export interface ApiParts extends BundleParts, EventParts, ApiAccess {}

/** What Studio has not, under `/api`: behind the same credentials as its REST API, and with errors of the same shape. */
export function ownApi(server: FastifyInstance, parts: ApiParts): void {
  behindCredentials(server, parts, (api) => {
    for (const resource of [executions(parts), execution(parts), bundle(parts)]) mount(api, resource, parts.publicUrl)
    events(api, parts)
  })
}

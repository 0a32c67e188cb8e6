import type { FastifyInstance } from 'fastify'
import { type ApiAccess, behindCredentials } from '../access.ts'
import { mount, type Resource } from '../resource.ts'
import { type BundleParts, bundle } from './bundle.ts'
import { check } from './check.ts'
import { counts } from './counts.ts'
import { type EventParts, events } from './events.ts'
import { execution } from './execution.ts'
import { executions } from './executions.ts'
import { type FlowListParts, flowList } from './flows.ts'
import { type PhoneParts, phone, phoneActs, phoneEvents, phones } from './phones.ts'
import { type PreviewParts, previews } from './preview.ts'
import { step } from './step.ts'
import { templates } from './templates.ts'
import { type LibraryParts, library } from './widgets.ts'

/** What our own API needs. */
export interface ApiParts
  extends BundleParts,
    EventParts,
    FlowListParts,
    LibraryParts,
    PhoneParts,
    PreviewParts,
    ApiAccess {}

/** What Studio has not, under `/api`: behind the same credentials as its REST API, and with errors of the same shape. */
export function ownApi(server: FastifyInstance, parts: ApiParts): void {
  behindCredentials(server, parts, (api) => {
    for (const resource of resources(parts)) mount(api, resource, parts.publicUrl)
    events(api, parts)
    phoneEvents(api, parts)
  })
}

function resources(parts: ApiParts): readonly Resource[] {
  return [
    library(parts),
    flowList(parts),
    check(parts),
    counts(parts),
    executions(parts),
    execution(parts),
    bundle(parts),
    step(parts),
    phones(parts),
    phone(parts),
    phoneActs(parts),
    templates(),
    previews(parts),
  ]
}

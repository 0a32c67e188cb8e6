import { z } from 'zod'
import { OBJECT, TIME } from '../openapi/shapes.ts'
import type { Dialect } from './dialect.ts'

const FLAWS = z.array(z.object({ message: z.string(), property_path: z.string() }))
const STATUS = z.enum(['draft', 'published'])

const listed = {
  sid: z.string(),
  account_sid: z.string(),
  author_sid: z.null(),
  friendly_name: z.string(),
  definition: z.null(),
  status: STATUS,
  revision: z.number(),
  commit_message: z.string().nullable(),
  valid: z.null(),
  errors: z.null(),
  date_created: TIME,
  date_updated: TIME,
  url: z.string(),
}
const judged = { definition: OBJECT, valid: z.boolean(), errors: FLAWS }
const flowOnly = {
  webhook_url: z.string(),
  links: z.object({ test_users: z.string(), revisions: z.string(), executions: z.string() }),
}

/** A flow as lists show it. */
export const LISTED_FLOW = z.object({ ...listed, ...flowOnly, warnings: z.null() }).meta({ id: 'ListedFlow' })

/** A flow with its definition. */
export const FLOW = z.object({ ...listed, ...flowOnly, ...judged, warnings: FLAWS }).meta({ id: 'Flow' })

/** A flow as version 1 shows it. */
export const OLDER_FLOW = z
  .object({
    sid: z.string(),
    account_sid: z.string(),
    friendly_name: z.string(),
    status: STATUS,
    version: z.number(),
    date_created: TIME,
    date_updated: TIME,
    url: z.string(),
    links: z.object({ engagements: z.string(), executions: z.string() }),
  })
  .meta({ id: 'OlderFlow' })

/** A revision as lists show it. */
export const LISTED_REVISION = z.object(listed).meta({ id: 'ListedRevision' })

/** A revision with its definition. */
export const REVISION = z.object({ ...listed, ...judged }).meta({ id: 'Revision' })

/** What is to be kept of a flow. */
export const FLOW_CHANGE = z.object({
  Status: STATUS,
  FriendlyName: z.string().optional(),
  Definition: z.string().optional().describe('JSON'),
  CommitMessage: z.string().optional(),
})

/** What a flow is made of. */
export const NEW_FLOW = FLOW_CHANGE.required({ FriendlyName: true, Definition: true })

/** The contacts who walk the newest revision. */
export const TEST_USERS = z.object({ sid: z.string(), test_users: z.array(z.string()), url: z.string() })

/** An execution in one of the dialects. */
export function executionShape({ version, singular }: Dialect) {
  return z.object({
    sid: z.string(),
    account_sid: z.string(),
    flow_sid: z.string(),
    contact_channel_address: z.string(),
    contact_sid: z.string(),
    ...(version === 'v2' && { flow_version: z.number().nullable(), initiated_by: z.string() }),
    context: OBJECT,
    status: z.enum(['active', 'ended']),
    date_created: TIME,
    date_updated: TIME.nullable(),
    url: z.string(),
    links: z.object({ steps: z.string(), [`${singular}_context`]: z.string() }),
  })
}

/** A step in one of the dialects. */
export function stepShape({ singular }: Dialect) {
  return z.object({
    sid: z.string(),
    account_sid: z.string(),
    flow_sid: z.string(),
    [`${singular}_sid`]: z.string(),
    parent_step_sid: z.string().nullable(),
    name: z.string(),
    context: OBJECT,
    transitioned_from: z.string(),
    transitioned_to: z.string(),
    type: z.string(),
    date_created: TIME,
    date_updated: z.null(),
    url: z.string(),
    links: z.object({ step_context: z.string() }),
  })
}

/** What `{{…}}` sees of an execution in one of the dialects. */
export function contextShape({ singular }: Dialect) {
  return z.object({
    account_sid: z.string(),
    context: OBJECT,
    flow_sid: z.string(),
    [`${singular}_sid`]: z.string(),
    url: z.string(),
  })
}

import { z } from 'zod'
import { OBJECT, TIME } from '../openapi/shapes.ts'

const execution = {
  sid: z.string(),
  flow_sid: z.string(),
  flow_name: z.string().nullable(),
  flow_version: z.number().nullable(),
  channel: z.string(),
  contact: z.string(),
  address: z.string(),
  status: z.enum(['active', 'ended']),
  ended_reason: z.string().nullable(),
  widget: z.string(),
  widget_flow_sid: z.string(),
  steps: z.number(),
  warnings: z.array(z.number()),
  date_created: TIME,
  date_updated: TIME,
}

/** An execution as a search lists it. */
export const LISTED_EXECUTION = z.object(execution).meta({ id: 'ListedExecution' })

const WALKED = z
  .object({
    sid: z.string(),
    flow_sid: z.string(),
    parent_step_sid: z.string().nullable(),
    name: z.string(),
    type: z.string(),
    transitioned_from: z.string(),
    transitioned_to: z.string(),
    transition: z.number().nullable(),
    output: OBJECT,
    variables: OBJECT,
    compared: z.array(OBJECT),
    date_created: TIME,
  })
  .meta({ id: 'WalkedStep' })

const WARNING = z.looseObject({ code: z.number(), message: z.string(), date_created: TIME }).meta({ id: 'Warning' })

/** All there is of an execution. */
export const WHOLE_EXECUTION = z
  .object({
    ...execution,
    initiated_by: z.string(),
    call_sid: z.string().nullable(),
    step_sid: z.string(),
    waiting: z.object({ for: z.unknown(), date_due: TIME, output: OBJECT }).nullable(),
    document: z.unknown(),
    context: OBJECT,
    steps: z.array(WALKED),
    warnings: z.array(WARNING),
  })
  .meta({ id: 'WholeExecution' })

/** A visit of a widget, walked again; `missing` where that cannot be done, and why. */
export const VISIT = z
  .union([
    z.object({
      step_sid: z.string(),
      flow_sid: z.string(),
      flow_revision: z.number(),
      widget: z.string(),
      date_entered: TIME,
      properties: OBJECT,
      input: z.array(z.object({ event: z.string(), date: TIME, params: OBJECT })),
      effects: z.array(
        z.object({
          kind: z.string(),
          target: z.string(),
          date_asked: TIME,
          date_begun: TIME.nullable(),
          date_ended: TIME.nullable(),
          attempts: z.number().nullable(),
          status: z.union([z.string(), z.number()]).nullable(),
          error: z.string().nullable(),
        }),
      ),
    }),
    z.object({ step_sid: z.string(), missing: z.string() }),
  ])
  .meta({ id: 'Visit' })

/** A flow with what goes on in it. */
export const ACTIVE_FLOW = z
  .object({
    sid: z.string(),
    name: z.string(),
    friendly_name: z.string(),
    status: z.enum(['draft', 'published']),
    revision: z.number(),
    origin: z.enum(['file', 'database']),
    webhook_url: z.string(),
    date_updated: TIME,
    active_executions: z.number(),
    last_activity: TIME.nullable(),
    problems: z.number(),
  })
  .meta({ id: 'ActiveFlow' })

/** A flow file that is not served as it is: the first thing that is wrong with it, and the flow whose last good revision is served. */
export const BROKEN_FILE = z
  .object({ file: z.string(), problem: z.string(), flow_sid: z.string().nullable() })
  .meta({ id: 'BrokenFile' })

/** What is wrong in a flow, and where. */
export const FLAW = z
  .object({
    severity: z.enum(['error', 'warning']),
    rule: z.string(),
    message: z.string(),
    hint: z.string().optional(),
    path: z.array(z.union([z.string(), z.number()])),
    offset: z.number().optional(),
    widget: z.string().optional(),
  })
  .meta({ id: 'Flaw' })

/** How phones stand that were given out. */
export const PHONES = z
  .object({
    sid: z.string(),
    flow_sid: z.string(),
    revision: z.string(),
    number: z.string(),
    contacts: z.array(
      z.object({
        address: z.string(),
        call: z.object({ sid: z.string(), status: z.string(), listening: z.unknown() }).nullable(),
      }),
    ),
  })
  .meta({ id: 'Phones' })

/** A type of widget, for whoever draws a flow. */
export const WIDGET = z
  .object({
    type: z.string(),
    title: z.string(),
    group: z.string(),
    summary: z.string(),
    retired: z.boolean(),
    needs: z.unknown(),
    exits: z.array(z.object({ event: z.string(), title: z.string() })),
    fields: z.array(OBJECT),
  })
  .meta({ id: 'Widget' })

/** Who is signed in on a page. */
export const SESSION = z
  .object({
    signed_in: z.boolean(),
    login_required: z.boolean(),
    development: z.boolean(),
    user: z.string().optional(),
    account_sid: z.string().optional(),
  })
  .meta({ id: 'Session' })

/** Server-Sent Events. */
export const STREAM = { answer: z.string(), type: 'text/event-stream' } as const

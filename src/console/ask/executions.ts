import * as z from 'zod/mini'
import { ask } from './ask.ts'

const listed = {
  sid: z.string(),
  flow_sid: z.string(),
  flow_version: z.nullable(z.union([z.string(), z.number()])),
  channel: z.string(),
  contact: z.string(),
  status: z.string(),
  ended_reason: z.nullable(z.string()),
  widget: z.nullable(z.string()),
  steps: z.number(),
  date_created: z.string(),
  date_updated: z.string(),
}

const ListedExecution = z.object({ ...listed, warnings: z.array(z.number()) })

/** An execution as the list shows it. */
export type ListedExecution = z.infer<typeof ListedExecution>

const Json = z.record(z.string(), z.unknown())

const Compared = z.object({
  transition: z.number(),
  type: z.string(),
  operand: z.string(),
  value: z.string(),
  holds: z.boolean(),
})

const Step = z.object({
  sid: z.string(),
  flow_sid: z.string(),
  name: z.string(),
  type: z.string(),
  transitioned_from: z.string(),
  transitioned_to: z.string(),
  transition: z.nullable(z.number()),
  output: Json,
  variables: Json,
  compared: z.array(Compared),
  date_created: z.string(),
})

/** A visit that has ended: where, by which event, what it left behind. */
export type Step = z.infer<typeof Step>

const Warning = z.object({
  code: z.number(),
  message: z.string(),
  step_sid: z.nullish(z.string()),
  widget: z.nullish(z.string()),
})

/** What an execution was warned of. */
export type Warning = z.infer<typeof Warning>

const Execution = z.object({
  ...listed,
  steps: z.array(Step),
  warnings: z.array(Warning),
  /** The visit in which it stands, or ended. */
  step_sid: z.string(),
  widget_flow_sid: z.string(),
  waiting: z.nullable(z.object({ date_due: z.string() })),
  context: z.unknown(),
})

/** All of one execution. */
export type Execution = z.infer<typeof Execution>

/** Which executions are looked for. */
export interface Search {
  readonly flow: string
  readonly status: string
  readonly contact: string
  /** The days on which they began, both included: `2026-03-02`, in the time of this browser; no bound where empty. */
  readonly from?: string
  readonly to?: string
  /** How many are wanted at most, up to 1,000. */
  readonly size?: number
}

/** The newest executions that a search finds. */
export async function executionsOf(search: Search): Promise<readonly ListedExecution[]> {
  const query = queryOf(search)
  const answer = z.object({ executions: z.array(ListedExecution) })
  const { executions } = await ask({ path: `/api/executions?${query}`, answer })
  return executions
}

function queryOf({ flow, status, contact, from = '', to = '', size = 100 }: Search): URLSearchParams {
  const query = new URLSearchParams({ flow, PageSize: String(size) })
  if (status !== '') query.set('status', status)
  if (contact !== '') query.set('contact', contact)
  if (from !== '') query.set('from', new Date(`${from}T00:00`).toISOString())
  if (to !== '') query.set('to', new Date(`${to}T23:59:59.999`).toISOString())
  return query
}

/** One execution. */
export function executionOf(sid: string): Promise<Execution> {
  return ask({ path: `/api/executions/${encodeURIComponent(sid)}`, answer: Execution })
}

/** Ends an execution that is active. */
export async function endExecution({ flow_sid, sid }: Pick<Execution, 'flow_sid' | 'sid'>): Promise<void> {
  await ask({ path: `/v2/Flows/${flow_sid}/Executions/${sid}`, answer: z.unknown(), form: { Status: 'ended' } })
}

/** The address of the file with all that is needed to walk an execution again. */
export function bundlePath(sid: string): string {
  return `/api/executions/${encodeURIComponent(sid)}/bundle`
}

import * as z from 'zod/mini'
import type { JsonObject } from '../../flow/record.ts'
import { ask } from './ask.ts'

const ListedFlow = z.object({
  sid: z.string(),
  name: z.string(),
  friendly_name: z.string(),
  status: z.string(),
  revision: z.number(),
  webhook_url: z.string(),
  date_updated: z.string(),
  last_activity: z.optional(z.nullable(z.string())),
  problems: z.number(),
  active_executions: z.number(),
})

const BrokenFile = z.object({ file: z.string(), problem: z.string(), flow_sid: z.nullable(z.string()) })

/** A file that is not served as it is, and the flow whose last good revision is. */
export type BrokenFile = z.infer<typeof BrokenFile>

const FlowList = z.object({ flows: z.array(ListedFlow), broken_files: z.array(BrokenFile) })

/** A flow as the list shows it. */
export type ListedFlow = z.infer<typeof ListedFlow>

const KeptFlow = z.object({
  sid: z.string(),
  friendly_name: z.string(),
  definition: z.record(z.string(), z.unknown()),
  status: z.string(),
  revision: z.number(),
  webhook_url: z.string(),
})

/** A flow with its newest definition. */
export type KeptFlow = z.infer<typeof KeptFlow>

const Revision = z.object({
  revision: z.number(),
  status: z.string(),
  commit_message: z.nullable(z.string()),
  date_created: z.string(),
})

/** A revision as the list shows it. */
export type Revision = z.infer<typeof Revision>

/** What is to be kept of a flow. */
export interface Saving {
  readonly status: 'draft' | 'published'
  readonly definition: JsonObject
  readonly friendlyName?: string
  readonly commitMessage?: string
}

/** All flows that are served, with what is going on in them, and the files that are not served as they are. */
export function listFlows(): Promise<z.infer<typeof FlowList>> {
  return ask({ path: '/api/flows', answer: FlowList })
}

/** One flow, as it was last saved. */
export function flowOf(sid: string): Promise<KeptFlow> {
  return ask({ path: pathOf(sid), answer: KeptFlow })
}

/** Makes a flow. */
export function createFlow(saving: Saving & { readonly friendlyName: string }): Promise<KeptFlow> {
  return ask({ path: '/v2/Flows', answer: KeptFlow, form: formOf(saving) })
}

/** Saves a revision of a flow. */
export function saveFlow(sid: string, saving: Saving): Promise<KeptFlow> {
  return ask({ path: pathOf(sid), answer: KeptFlow, form: formOf(saving) })
}

/** Removes a flow with its executions. */
export async function removeFlow(sid: string): Promise<void> {
  await ask({ path: pathOf(sid), answer: z.unknown(), method: 'DELETE' })
}

/** The newest revisions of a flow, the newest first. */
export async function revisionsOf(sid: string): Promise<readonly Revision[]> {
  const path = `${pathOf(sid)}/Revisions?PageSize=200`
  const { revisions } = await ask({ path, answer: z.object({ revisions: z.array(Revision) }) })
  return revisions
}

/** The definition of a revision. */
export async function definitionAt(sid: string, revision: string): Promise<JsonObject> {
  const path = `${pathOf(sid)}/Revisions/${encodeURIComponent(revision)}`
  const { definition } = await ask({ path, answer: z.object({ definition: z.record(z.string(), z.unknown()) }) })
  return definition
}

const TransitionCount = z.object({
  from: z.string(),
  event: z.string(),
  to: z.string(),
  transition: z.optional(z.number()),
  count: z.number(),
  executions: z.optional(z.number()),
})

/** How often a connection was taken, and by how many executions, where they can be told apart. */
export type TransitionCount = z.infer<typeof TransitionCount>

/** How often each connection of a flow was taken since a time. */
export async function countsOf(sid: string, since: Date): Promise<readonly TransitionCount[]> {
  const path = `/api/flows/${encodeURIComponent(sid)}/counts?from=${encodeURIComponent(since.toISOString())}`
  const { counts } = await ask({ path, answer: z.object({ counts: z.array(TransitionCount) }) })
  return counts
}

function pathOf(sid: string): string {
  return `/v2/Flows/${encodeURIComponent(sid)}`
}

function formOf({ status, definition, friendlyName, commitMessage }: Saving): Record<string, string> {
  return {
    Status: status,
    Definition: JSON.stringify(definition),
    ...(friendlyName === undefined ? {} : { FriendlyName: friendlyName }),
    ...(commitMessage ? { CommitMessage: commitMessage } : {}),
  }
}

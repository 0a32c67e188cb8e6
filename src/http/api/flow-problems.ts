import type { FlowDefinition } from '../../flow/definition.ts'
import { definitionOf } from '../../flow/import.ts'
import type { Issue } from '../../flow/issue.ts'
import type { WidgetCatalogue } from '../../flow/validate.ts'
import { calledBy, issuesOf, readFlow } from '../../lint/lint.ts'
import type { KnownFlows } from '../../lint/linted-flow.ts'
import type { FlowLibrary } from '../../runtime/flows.ts'
import type { Store } from '../../store/store.ts'

/** What flows are judged with. */
export interface JudgingParts {
  readonly store: Store
  readonly flows: FlowLibrary
  readonly catalogue: WidgetCatalogue
}

/** What `trunkline validate` would say of a flow, a bare definition or a REST export, beside those that are served. */
export async function problemsBeside(json: unknown, parts: JudgingParts): Promise<readonly Issue[]> {
  const read = readFlow(json, parts.catalogue)
  return issuesOf(read, parts.catalogue, await knownTo(calledBy(read), parts))
}

/** All that are served by their sids; the called ones with what they are. */
async function knownTo(called: readonly string[], { store, flows }: JudgingParts): Promise<KnownFlows> {
  const known = new Map<string, FlowDefinition | undefined>(flows.list().map(({ sid }) => [sid, undefined]))
  for (const sid of called) {
    const revision = known.has(sid) ? await store.revision(sid, 'LatestPublished') : undefined
    if (revision) known.set(sid, definitionOf(revision.definition))
  }
  return { flows: known, isComplete: true }
}

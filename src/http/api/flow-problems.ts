import { setImmediate as breath } from 'node:timers/promises'
import type { FlowDefinition } from '../../flow/definition.ts'
import { definitionOf } from '../../flow/import.ts'
import type { Issue } from '../../flow/issue.ts'
import type { WidgetCatalogue } from '../../flow/validate.ts'
import { calledBy, issuesOf, readFlow } from '../../lint/lint.ts'
import type { KnownFlows } from '../../lint/linted-flow.ts'
import type { FlowLibrary } from '../../runtime/flows.ts'
import type { SavedFlow } from '../../store/saved-flow.ts'
import type { Store } from '../../store/store.ts'
import { unhurried } from '../unhurried.ts'

/** What flows are judged with. */
export interface JudgingParts {
  readonly store: Store
  readonly flows: FlowLibrary
  readonly catalogue: WidgetCatalogue
  /** The function sids that stand for a function here. */
  functionSids(): Iterable<string>
}

/** What `trunkline validate` would say of a flow, a bare definition or a REST export, beside those that are served. */
export async function problemsBeside(json: unknown, parts: JudgingParts): Promise<readonly Issue[]> {
  const read = readFlow(json, parts.catalogue)
  await breath()
  return unhurried(issuesOf(read, parts.catalogue, await knownTo(calledBy(read), parts)))
}

/** Counts the problems of flows; a revision is judged once, as long as the flows that it runs stay the same. */
export class FlowJudge {
  readonly #parts: JudgingParts
  readonly #judged = new Map<string, Judged>()

  constructor(parts: JudgingParts) {
    this.#parts = parts
  }

  /** How many problems the newest revision of each flow has, by their sids. */
  async problems(flows: readonly SavedFlow[]): Promise<ReadonlyMap<string, number>> {
    const revisions = new Map(flows.map(({ sid, revision }) => [sid, revision]))
    for (const sid of this.#judged.keys()) if (!revisions.has(sid)) this.#judged.delete(sid)
    for (const { sid } of flows) await this.#judge(sid, revisions)
    return new Map([...this.#judged].map(([sid, { problems }]) => [sid, problems]))
  }

  async #judge(sid: string, revisions: Revisions): Promise<void> {
    const known = this.#judged.get(sid)
    if (known && known.state === stateOf([sid, ...known.called], revisions)) return
    const newest = await this.#parts.store.revision(sid, 'LatestRevision')
    if (!newest) return
    await breath() // callers are let in between two flows
    const read = readFlow(newest.definition, this.#parts.catalogue)
    const called = calledBy(read)
    await breath()
    const issues = await unhurried(issuesOf(read, this.#parts.catalogue, await knownTo(called, this.#parts)))
    this.#judged.set(sid, { called, state: stateOf([sid, ...called], revisions), problems: issues.length })
  }
}

type Revisions = ReadonlyMap<string, number>

interface Judged {
  readonly called: readonly string[]
  /** The flow and those that it runs, as they were when it was judged. */
  readonly state: string
  readonly problems: number
}

function stateOf(sids: readonly string[], revisions: Revisions): string {
  return sids.map((sid) => `${sid}/${revisions.get(sid)}`).join(' ')
}

/** All that are served by their sids; the called ones with what they are. */
async function knownTo(called: readonly string[], { store, flows, functionSids }: JudgingParts): Promise<KnownFlows> {
  const known = new Map<string, FlowDefinition | undefined>(flows.list().map(({ sid }) => [sid, undefined]))
  for (const sid of called) {
    const revision = known.has(sid) ? await store.revision(sid, 'LatestPublished') : undefined
    if (revision) known.set(sid, definitionOf(revision.definition))
  }
  return { flows: known, functions: new Set(functionSids()), isComplete: true }
}

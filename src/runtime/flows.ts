import { compile, type Flow, type Toolbox } from '../engine/compile.ts'
import type { Execution } from '../engine/execution.ts'
import type { Flows } from '../engine/walk.ts'
import type { FlowDefinition } from '../flow/definition.ts'
import type { Revision, Store } from '../store/store.ts'

/** A flow that answers webhooks. */
export interface ServedFlow {
  /** Its file name without `.json`; the name in `/flows/{name}`. */
  readonly name: string
  readonly sid: string
  readonly friendlyName: string
}

/** The flows that are served and their compiled revisions; nothing is parsed twice. */
export class FlowLibrary {
  readonly #store: Store
  readonly #toolbox: Toolbox
  readonly #definitionOf: (source: unknown) => FlowDefinition
  readonly #compiled = new Map<string, Flow>()
  readonly #published = new Map<string, Promise<Flow | undefined>>()
  readonly #served = new Map<string, ServedFlow>()

  constructor(store: Store, toolbox: Toolbox, definitionOf: (source: unknown) => FlowDefinition) {
    this.#store = store
    this.#toolbox = toolbox
    this.#definitionOf = definitionOf
  }

  /** Serves a flow, or its newest revision when it is served already. */
  serve(flow: ServedFlow): void {
    this.#published.delete(flow.sid)
    this.#served.set(flow.name, flow)
  }

  withdraw(name: string): void {
    this.#served.delete(name)
  }

  list(): readonly ServedFlow[] {
    return [...this.#served.values()].sort((one, other) => one.name.localeCompare(other.name))
  }

  named(name: string): ServedFlow | undefined {
    return this.#served.get(name)
  }

  /** The revision that new executions of a flow walk. */
  published(sid: string): Promise<Flow | undefined> {
    const known = this.#published.get(sid)
    if (known) return known
    const loading = this.#load(sid, 'LatestPublished')
    this.#published.set(sid, loading)
    loading.catch(() => this.#published.delete(sid)) // its caller is told; the next one tries again
    return loading
  }

  /** Every flow that an execution may set foot in before its next rest. */
  async around(execution: Execution): Promise<Flows> {
    const known = await Promise.all(execution.frames.map((frame) => this.#pinned(frame.flowSid, frame.revision)))
    return this.#with(known)
  }

  /** The same for a flow that has no execution yet. */
  async aroundFlow(flow: Flow): Promise<Flows> {
    return this.#with([flow])
  }

  async #with(known: readonly Flow[]): Promise<Flows> {
    const byRevision = new Map(known.map((flow) => [key(flow.sid, flow.revision), flow]))
    const byName = new Map<string, Flow>()
    for (const { flowSid, revision } of known.flatMap((flow) => flow.subflows)) {
      const subflow = await this.#named(flowSid, revision)
      if (!subflow) continue
      byRevision.set(key(subflow.sid, subflow.revision), subflow)
      byName.set(key(flowSid, revision), subflow)
    }
    return {
      flow: (sid, revision) => byRevision.get(key(sid, revision)) ?? missing(sid, revision),
      subflow: (sid, revision) => byName.get(key(sid, revision)),
    }
  }

  async #named(sid: string, name: string): Promise<Flow | undefined> {
    if (name === 'LatestPublished') return this.published(sid)
    if (NEWEST.has(name)) return this.#load(sid, 'LatestRevision')
    return /^\d+$/.test(name) ? (this.#compiled.get(key(sid, name)) ?? this.#load(sid, Number(name))) : undefined
  }

  async #pinned(sid: string, number: number): Promise<Flow> {
    return this.#compiled.get(key(sid, number)) ?? (await this.#load(sid, number)) ?? missing(sid, number)
  }

  async #load(sid: string, which: number | 'LatestPublished' | 'LatestRevision'): Promise<Flow | undefined> {
    const revision = await this.#store.revision(sid, which)
    return revision && this.#compile(revision)
  }

  #compile({ flowSid: sid, revision, definition }: Revision): Flow {
    const name = key(sid, revision)
    const flow =
      this.#compiled.get(name) ?? compile({ sid, revision, definition: this.#definitionOf(definition) }, this.#toolbox)
    this.#compiled.set(name, flow)
    return flow
  }
}

/** How exports and the REST API name the newest revision, published or not (engine.md 11). */
const NEWEST: ReadonlySet<string> = new Set(['LatestRevision', 'LatestDraft'])

function key(sid: string, revision: number | string): string {
  return `${sid}/${revision}`
}

function missing(sid: string, revision: number): never {
  throw new Error(`revision ${revision} of flow ${sid} is not in the database`)
}

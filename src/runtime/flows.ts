import { compile, type Flow, type Toolbox } from '../engine/compile.ts'
import type { Execution } from '../engine/execution.ts'
import type { Flows } from '../engine/flows.ts'
import type { SubflowName } from '../engine/subflow-name.ts'
import type { FlowDefinition } from '../flow/definition.ts'
import type { FlowOrigin, Revision } from '../store/saved-flow.ts'
import type { Store } from '../store/store.ts'

/** A flow that answers webhooks. */
export interface ServedFlow {
  /** The name in `/flows/{name}`: that of its file without `.json`, else its sid. */
  readonly name: string
  readonly sid: string
  readonly friendlyName: string
  readonly origin: FlowOrigin
}

/** Who walks a flow, and at which address they have come to it. */
export type Ends = Pick<Execution, 'contact' | 'address'>

/** The flows that are served and their compiled revisions. Nothing is parsed twice, until a flow changes or goes: what is then still walked of it is compiled anew. */
export class FlowLibrary {
  readonly #store: Store
  readonly #toolbox: Toolbox
  readonly #definitionOf: (source: unknown) => FlowDefinition
  /** By their sids, then by their revisions. */
  readonly #compiled = new Map<string, Map<number, Flow>>()
  readonly #published = new Map<string, Promise<Flow | undefined>>()
  readonly #testUsers = new Map<string, Promise<ReadonlySet<string>>>()
  readonly #served = new Map<string, ServedFlow>()
  readonly #drafts = new Set<string>()

  constructor(store: Store, toolbox: Toolbox, definitionOf: (source: unknown) => FlowDefinition) {
    this.#store = store
    this.#toolbox = toolbox
    this.#definitionOf = definitionOf
  }

  /** Serves a flow, or its newest revision when it is served already. */
  serve(flow: ServedFlow): void {
    this.#forget(flow.sid)
    this.#served.set(flow.name, flow)
  }

  /** Serves a flow no more, by its name or its sid. */
  withdraw(flow: string): void {
    const { name = flow, sid = flow } = this.bySid(flow) ?? this.named(flow) ?? {}
    this.#served.delete(name)
    this.#forget(sid)
    this.forgetTestUsers(sid)
  }

  #forget(sid: string): void {
    this.#published.delete(sid)
    this.#compiled.delete(sid)
  }

  /** The test users of a flow are others now. */
  forgetTestUsers(sid: string): void {
    this.#testUsers.delete(sid)
  }

  /** Whoever comes to this address walks the newest revision, too, until that is taken back. */
  tryDraftAt(address: string): () => void {
    this.#drafts.add(address)
    return () => this.#drafts.delete(address)
  }

  list(): readonly ServedFlow[] {
    return [...this.#served.values()].sort((one, other) => one.name.localeCompare(other.name))
  }

  /** A flow by its name, or else by its sid. */
  find(nameOrSid: string): ServedFlow | undefined {
    return this.named(nameOrSid) ?? this.bySid(nameOrSid)
  }

  named(name: string): ServedFlow | undefined {
    return this.#served.get(name)
  }

  bySid(sid: string): ServedFlow | undefined {
    return [...this.#served.values()].find((flow) => flow.sid === sid)
  }

  /** The revision that new executions walk: the newest for test users, else the newest that is published (engine.md 1.2). */
  async forContact(sid: string, ends: Ends): Promise<Flow | undefined> {
    return (await this.#isTestUser(sid, ends)) ? this.#load(sid, 'LatestRevision') : this.published(sid)
  }

  async #isTestUser(sid: string, { contact, address }: Ends): Promise<boolean> {
    return this.#drafts.has(address) || (await this.#testUsersOf(sid)).has(contact)
  }

  #testUsersOf(sid: string): Promise<ReadonlySet<string>> {
    const known = this.#testUsers.get(sid) ?? this.#store.testUsers(sid).then((contacts) => new Set(contacts))
    this.#testUsers.set(sid, known)
    known.catch(() => this.#testUsers.delete(sid)) // its caller is told; the next one tries again
    return known
  }

  /** The newest revision that is published. */
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
    const byName = new Map<string, Flow>()
    for (const name of known.flatMap((flow) => flow.subflows)) {
      const subflow = await this.#subflow(name, execution)
      if (subflow) byName.set(key(name.flowSid, name.revision), subflow)
    }
    const all = [...known, ...byName.values()] // few: searched faster than a key is made
    return {
      flow: (sid, revision) =>
        all.find((flow) => flow.revision === revision && flow.sid === sid) ?? missing(sid, revision),
      subflow: (sid, revision) => byName.get(key(sid, revision)),
    }
  }

  /** The revision that was in force when the execution began. A draft is for the test users of the parent alone (engine.md 11). */
  async #subflow({ flowSid, revision }: SubflowName, execution: Execution): Promise<Flow | undefined> {
    const { subflows = [] } = execution
    const pin = subflows.find((one) => one.flowSid === flowSid && one.revision === revision)
    if (pin) return this.#revision(flowSid, pin.pinned)
    if (/^\d+$/.test(revision)) return this.#revision(flowSid, Number(revision))
    const isDraft = NEWEST.has(revision) && (await this.#isTestUser(execution.flowSid, execution))
    return isDraft ? this.#load(flowSid, 'LatestRevision') : this.published(flowSid)
  }

  async #pinned(sid: string, number: number): Promise<Flow> {
    return (await this.#revision(sid, number)) ?? missing(sid, number)
  }

  async #revision(sid: string, number: number): Promise<Flow | undefined> {
    return this.#compiled.get(sid)?.get(number) ?? this.#load(sid, number)
  }

  async #load(sid: string, which: number | 'LatestPublished' | 'LatestRevision'): Promise<Flow | undefined> {
    const revision = await this.#store.revision(sid, which)
    return revision && this.#compile(revision)
  }

  #compile({ flowSid: sid, revision, definition }: Revision): Flow {
    const revisions = this.#compiled.get(sid) ?? new Map<number, Flow>()
    const flow =
      revisions.get(revision) ?? compile({ sid, revision, definition: this.#definitionOf(definition) }, this.#toolbox)
    this.#compiled.set(sid, revisions.set(revision, flow))
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

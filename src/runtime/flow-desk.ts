import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock/clock.ts'
import { Refusal } from '../errors.ts'
import type { Revision, RevisionStatus, SavedFlow } from '../store/saved-flow.ts'
import type { Store } from '../store/store.ts'
import type { BrokenFile, FlowFolder } from './flow-folder.ts'
import type { FlowLibrary } from './flows.ts'
import { Lock } from './lock.ts'

/** What the desk is made of. */
export interface DeskParts {
  readonly store: Store
  readonly flows: FlowLibrary
  readonly folder: FlowFolder
  readonly clock: Clock
  /** Whether what is published of a flow from a file is written to its file; else it is refused. */
  readonly writesFiles: boolean
}

/** A flow as it is to become. */
export interface FlowChange {
  readonly status: RevisionStatus
  readonly friendlyName?: string | undefined
  /** A definition that was imported; that of the newest revision, when it is left out. */
  readonly definition?: unknown
  readonly commitMessage?: string | undefined
}

/** A flow and its newest revision. */
export interface KeptFlow {
  readonly flow: SavedFlow
  readonly newest: Revision
}

/** Makes, changes and removes flows as the REST API asks: new ones in the database, those from files in their files, too. */
export class FlowDesk {
  readonly #parts: DeskParts
  readonly #lock = new Lock()

  constructor(parts: DeskParts) {
    this.#parts = parts
  }

  /** Serves every flow that is kept in the database alone. */
  async open(): Promise<void> {
    const { store, flows } = this.#parts
    for (const { sid, friendlyName, origin } of await store.flows())
      if (origin === 'database') flows.serve({ name: sid, sid, friendlyName, origin })
  }

  /** Serves a flow as it is in the database now, after another instance has changed it. */
  async refresh(sid: string): Promise<void> {
    const { store, flows } = this.#parts
    const [kept, served] = [await store.flow(sid), flows.bySid(sid)]
    flows.forgetTestUsers(sid)
    if (!kept) return flows.withdraw(sid)
    if (!served && kept.origin === 'file') return // its file is not here
    flows.serve({ name: served?.name ?? sid, sid, friendlyName: kept.friendlyName, origin: kept.origin })
  }

  /** Serves all flows as they are in the database now. */
  async refreshAll(): Promise<void> {
    const { store, flows } = this.#parts
    const sids = new Set([...(await store.flows()), ...flows.list()].map(({ sid }) => sid))
    for (const sid of sids) await this.refresh(sid)
  }

  /** All that are served, newest first. */
  async list(): Promise<readonly SavedFlow[]> {
    const { store, flows } = this.#parts
    const served = new Set(flows.list().map(({ sid }) => sid))
    const kept = (await store.flows()).filter(({ sid }) => served.has(sid))
    return kept.sort((one, other) => other.createdAt - one.createdAt || (one.sid < other.sid ? 1 : -1))
  }

  /** The files of flows that are not served as they are. */
  get brokenFiles(): readonly BrokenFile[] {
    return this.#parts.folder.broken
  }

  /** One that is served. */
  async find(sid: string): Promise<KeptFlow | undefined> {
    if (!this.#parts.flows.bySid(sid)) return undefined
    const flow = await this.#parts.store.flow(sid)
    const newest = flow && (await this.#parts.store.revision(sid, 'LatestRevision'))
    return flow && newest && { flow, newest }
  }

  create(flow: FlowChange & { readonly friendlyName: string }): Promise<KeptFlow> {
    return this.#save(`FW${randomBytes(16).toString('hex')}`, { ...flow, origin: 'database' })
  }

  /** Adds a revision; throws a `Refusal` where the flow is one of a file that must not or cannot be written. */
  update(kept: KeptFlow, change: FlowChange): Promise<KeptFlow> {
    return this.#lock.hold(kept.flow.sid, () => this.#update(kept, change))
  }

  async #update({ flow, newest }: KeptFlow, change: FlowChange): Promise<KeptFlow> {
    const { friendlyName = flow.friendlyName, definition = newest.definition } = change
    const changed = { ...change, friendlyName, definition, origin: flow.origin }
    if (change.status === 'draft') this.#refuseRenaming(flow, friendlyName)
    if (flow.origin === 'database' || change.status === 'draft') return this.#save(flow.sid, changed)
    const write = await this.#parts.folder.draft(this.#file(flow), { sid: flow.sid, friendlyName, definition })
    const kept = await this.#save(flow.sid, changed) // first: the file then is no news
    await write()
    return kept
  }

  /** Removes a flow with its executions, and its file; throws as `update` does. */
  async remove(flow: SavedFlow): Promise<void> {
    const { store, flows, folder } = this.#parts
    if (flow.origin === 'file') await folder.erase(this.#file(flow))
    flows.withdraw(flow.sid)
    await store.removeFlow(flow.sid)
  }

  async setTestUsers(flow: SavedFlow, contacts: readonly string[]): Promise<void> {
    await this.#parts.store.setTestUsers(flow.sid, contacts)
    this.#parts.flows.forgetTestUsers(flow.sid)
  }

  async #save(sid: string, change: Saving): Promise<KeptFlow> {
    const { store, clock, flows } = this.#parts
    const newest = await store.addRevision({ ...change, sid, definition: change.definition, at: clock.now() })
    const flow = await store.flow(sid)
    if (!flow) throw new Error(`flow ${sid} was removed while it was saved`)
    flows.serve({ name: flows.bySid(sid)?.name ?? sid, sid, friendlyName: flow.friendlyName, origin: flow.origin })
    return { flow, newest }
  }

  /** A flow has one name, that of its file: a draft, which leaves the file as it is, cannot bring another. */
  #refuseRenaming({ sid, origin, friendlyName: known }: SavedFlow, friendlyName: string): void {
    if (origin === 'database' || friendlyName === known) return
    const { name } = this.#parts.flows.bySid(sid) ?? { name: sid }
    const remedy = 'publish it under its new name, or change friendly_name in the file'
    const found = `FriendlyName is ${JSON.stringify(friendlyName)}, but a draft cannot rename a flow of ${name}.json`
    throw new Refusal('invalidRequest', `${found}: ${remedy}`)
  }

  /** The name of a flow's file, where it may be written. */
  #file({ sid }: SavedFlow): string {
    const { name } = this.#parts.flows.bySid(sid) ?? { name: sid }
    if (this.#parts.writesFiles) return name
    throw new Refusal('readOnly', `flow ${sid} comes from ${name}.json, and FLOW_FILES is read-only: change the file`)
  }
}

interface Saving extends FlowChange {
  readonly friendlyName: string
  readonly origin: SavedFlow['origin']
}

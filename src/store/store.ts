import type { Effect } from '../engine/effect.ts'
import type { FlowEvent } from '../engine/event.ts'
import type { Execution, Step } from '../engine/execution.ts'
import type { Moment } from '../engine/moment.ts'
import type { LoggedWarning } from '../engine/record.ts'
import type { ExecutionPage, FoundExecutions } from './execution-page.ts'
import type { AcknowledgedDelivery, SavedDelivery, UnsentDelivery } from './saved-delivery.ts'
import type {
  FlowActivity,
  NewRevision,
  Period,
  Revision,
  RevisionName,
  SavedFlow,
  TransitionCount,
} from './saved-flow.ts'
import type { DatabaseLoad } from './sql.ts'
import type { Fellows } from './sql-fellows.ts'

/** What outlives the process: flows with their revisions, executions with their logs, answers to webhooks. Times are epoch milliseconds. */
export interface Store {
  /** Other processes on the same database; none where it is held by this one alone. */
  readonly fellows?: Fellows | undefined
  /** All flows by name, without their definitions. */
  flows(): Promise<readonly SavedFlow[]>
  flow(sid: string): Promise<SavedFlow | undefined>
  revision(flowSid: string, revision: RevisionName): Promise<Revision | undefined>
  /** All revisions of a flow, newest first. */
  revisions(flowSid: string): Promise<readonly Revision[]>
  /** Adds a revision unless the newest one of that status has the same definition; answers the one that now holds. */
  saveRevision(draft: NewRevision): Promise<Revision>
  /** Adds a revision, whatever the ones before it are; answers it. */
  addRevision(draft: NewRevision): Promise<Revision>
  /** Removes a flow with its revisions and its executions. */
  removeFlow(sid: string): Promise<void>
  /** The contacts who walk a flow's newest revision, published or not. */
  testUsers(flowSid: string): Promise<readonly string[]>
  setTestUsers(flowSid: string, contacts: readonly string[]): Promise<void>
  /** What goes on in each flow that anything goes on in. */
  activity(): Promise<readonly FlowActivity[]>

  execution(sid: string): Promise<Execution | undefined>
  /** The execution that a call belongs to, or has begun: the active one before ended ones, then the newest. */
  executionOfCall(flowSid: string, callSid: string): Promise<Execution | undefined>
  /** The active executions that have a call, in whatever flows: TwiML can lead it from one to another. */
  activeOfCall(callSid: string): Promise<readonly Execution[]>
  /** The execution that has a conversation: the active one before ended ones, then the newest. */
  executionOfConversation(flowSid: string, conversationSid: string): Promise<Execution | undefined>
  /** The active execution that a message belongs to, if it came from this contact to one of these addresses; calls have their own. */
  activeWith(flowSid: string, contact: string, addresses: readonly string[]): Promise<Execution | undefined>
  /** The active executions that this contact's calls began, newest first. */
  activeCalls(flowSid: string, contact: string): Promise<readonly Execution[]>
  /** How many executions are under way. */
  activeExecutions(): Promise<number>
  /** Executions as they are searched for, the newest first, from a place in the list on: one more than a page holds, where there is one. */
  executionPage(wanted: ExecutionPage): Promise<FoundExecutions>
  /** The sids of at most so many of the executions that have waited long enough, the longest overdue first. */
  due(now: number, limit: number): Promise<readonly string[]>
  /** When the next execution after this time has waited long enough. */
  nextDue(after: number): Promise<number | undefined>
  /** Steps in the order they were walked. */
  steps(executionSid: string): Promise<readonly Step[]>
  /** How often each transition of a flow was taken, in the order of their names; those that were not taken are left out. */
  transitionCounts(flowSid: string, period: Period): Promise<readonly TransitionCount[]>
  /** Warnings in the order they were written. */
  warnings(executionSid: string): Promise<readonly LoggedWarning[]>
  /** What moved an execution, in order; without the moves that were saved while none of it was kept. */
  events(executionSid: string): Promise<readonly Happened[]>
  /** The codes of an execution's warnings, each once, in ascending order. */
  warningCodes(executionSid: string): Promise<readonly number[]>

  /** Writes a move, or several that follow on each other, all of it or nothing, and answers the execution with its new version; throws `AlreadyDelivered`, `StaleExecution` or `AlreadyActive`. */
  save(moved: Moved): Promise<Execution>
  /** What was asked for and not done yet, oldest first, without what another instance is at. */
  pendingEffects(): Promise<readonly PendingEffect[]>
  /** Takes over what was asked for; false where somebody else was first. */
  claimEffect(effect: Pick<PendingEffect, 'executionSid' | 'id'>): Promise<boolean>
  /** Whether another instance has something under way that an execution has asked for, or has left it. */
  isUnderWayElsewhere(executionSid: string): Promise<boolean>
  delivery(flowSid: string, key: string): Promise<SavedDelivery | undefined>
  /** The webhooks that were acknowledged and not taken up yet, oldest first, without those that another instance is at; they are this one's from now on. */
  acknowledgedDeliveries(): Promise<readonly AcknowledgedDelivery[]>
  /** Writes an answer that no move goes with; throws `AlreadyDelivered`. */
  keepDelivery(delivery: SavedDelivery): Promise<void>
  /** The webhooks whose answers say what nobody has been told yet, in the same way. */
  unsentDeliveries(): Promise<readonly UnsentDelivery[]>
  /** Notes that what an answer says has been told, one way or the other. */
  markSent(delivery: Pick<SavedDelivery, 'flowSid' | 'key'>): Promise<void>

  /** Forgets the answers to webhooks that came before a time. */
  forgetDeliveries(before: number): Promise<void>
  /** Removes an execution, with all that belongs to it. */
  removeExecution(sid: string): Promise<void>
  /** Removes the executions that have ended and are old enough, with all that belongs to them. */
  removeExecutions(age: ExecutionAge): Promise<void>
  /** Writes something and takes it back; throws `StorageFailed` where nothing can be written now. */
  checkWritable(): Promise<void>
  /** How busy the database is. */
  load(): DatabaseLoad
  close(): Promise<void>
}

/** Which executions are old enough: by their start and by their end. */
export interface ExecutionAge {
  readonly startedBefore: number
  readonly endedBefore: number
}

/** Where an event has led, with all that has to be remembered of it. */
export interface Moved {
  /** The version it was read with; 0 when it is new. */
  readonly execution: Execution
  /** How many moves it has made since; each is a version of it. One, where nothing is said. */
  readonly moves?: number | undefined
  /** As it was read: what of it has stayed the same need not be written. */
  readonly before?: Execution | undefined
  readonly steps: readonly Step[]
  readonly warnings: readonly LoggedWarning[]
  /** What has led here, one after the other, where that is kept. */
  readonly happened?: readonly Happened[] | undefined
  /** What is to be done next. */
  readonly effect?: Omit<PendingEffect, 'executionSid'> | undefined
  /** The id of the effect that led here; it is done. An execution that ends waits for none of those that it has asked for before. */
  readonly done?: string | undefined
  readonly delivery?: SavedDelivery | undefined
  /** Of a new execution: what no other active one of its flow may have. */
  readonly exclusive?: string | undefined
  /** Whether it is stale as long as events wait for the execution at other instances. */
  readonly givesWay?: boolean
}

/** An event, and what the world added to it. */
export interface Happened {
  readonly event: FlowEvent
  readonly moment: Moment
  /** Of an event that answers an effect. */
  readonly performed?: Performed | undefined
}

/** How an effect was done, of which its answer says nothing. */
export interface Performed {
  /** Epoch milliseconds. */
  readonly begun: number
  /** Where once was not enough. */
  readonly attempts?: number | undefined
}

/** An effect that is asked for until its answer is saved. */
export interface PendingEffect {
  readonly id: string
  readonly executionSid: string
  /** The visit that asks for it. */
  readonly step: string
  readonly effect: Effect
}

/** Thrown by a save that comes after another one of the same execution; load it and try again. */
export class StaleExecution extends Error {
  override readonly name = 'StaleExecution'
  readonly executionSid: string

  constructor({ sid, version }: Execution) {
    super(`execution ${sid} is no longer at version ${version}`)
    this.executionSid = sid
  }
}

/** Thrown by the first save of an execution whose contact is active in the flow already. */
export class AlreadyActive extends Error {
  override readonly name = 'AlreadyActive'
  /** The one that is active. */
  readonly executionSid: string

  constructor(executionSid: string) {
    super(`Execution ${executionSid} is already active for this contact`)
    this.executionSid = executionSid
  }
}

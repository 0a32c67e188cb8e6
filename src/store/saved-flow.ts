/** A flow as lists show it. */
export interface SavedFlow {
  readonly sid: string
  readonly friendlyName: string
  /** The newest revision and its status. */
  readonly revision: number
  readonly status: RevisionStatus
  readonly commitMessage?: string | undefined
  readonly origin: FlowOrigin
  readonly createdAt: number
  readonly updatedAt: number
}

/** What goes on in a flow. */
export interface FlowActivity {
  readonly flowSid: string
  /** How many executions are active. */
  readonly active: number
  /** When the newest execution was moved last. */
  readonly lastAt: number
}

/** Where a flow is kept: in a file of the flows folder, or in the database alone. */
export type FlowOrigin = 'file' | 'database'

export type RevisionStatus = 'draft' | 'published'

/** A definition as it was saved once; revisions of a flow are numbered from 1. */
export interface Revision {
  readonly flowSid: string
  readonly revision: number
  readonly status: RevisionStatus
  /** The JSON that was imported. */
  readonly definition: unknown
  readonly commitMessage?: string | undefined
  readonly createdAt: number
}

export type RevisionName = number | 'LatestPublished' | 'LatestRevision'

/** A definition to be saved. */
export interface NewRevision {
  /** The flow's sid. */
  readonly sid: string
  readonly friendlyName: string
  readonly definition: unknown
  readonly status: RevisionStatus
  readonly at: number
  readonly commitMessage?: string | undefined
  /** Where a new flow is kept; in a file, when it is left out. A flow stays where it is. */
  readonly origin?: FlowOrigin | undefined
}

/** Epoch milliseconds, both included; without an end where it is left out. */
export interface Period {
  readonly from?: number | undefined
  readonly to?: number | undefined
}

/** A transition, by what it leads from and to, how often it was taken, and by how many executions. */
export interface TransitionCount {
  readonly from: string
  readonly event: string
  readonly to: string
  /** Its place among the widget's, for a branch of a split, of which several can lead to the same widget. */
  readonly transition?: number | undefined
  readonly count: number
  /** Absent where there are too many to tell them apart, and the branches. */
  readonly executions?: number | undefined
}

import type { Execution } from '../engine/execution.ts'

/** A page of the executions for which all of this is true. */
export interface ExecutionPage {
  readonly flowSid?: string | undefined
  /** The contact is one of these, of which there is at least one. */
  readonly contacts?: readonly string[] | undefined
  /** Code of a warning they have had. */
  readonly warning?: number | undefined
  /** A widget they have left, or stand on. */
  readonly widget?: ReachedWidget | undefined
  readonly status?: Execution['status'] | undefined
  /** Epoch milliseconds, both included. */
  readonly createdFrom?: number | undefined
  readonly createdTo?: number | undefined
  readonly size: number
  /** Beside which execution it begins, by its creation and its sid; at the newest, when it is left out. */
  readonly place?: { readonly side: 'after' | 'before'; readonly at: number; readonly sid: string } | undefined
}

/** Executions that were found. */
export interface FoundExecutions {
  readonly executions: readonly Execution[]
  /** Where the search broke off because it had looked at enough of them: more may be found beyond. */
  readonly brokeOffAt?: { readonly at: number; readonly sid: string } | undefined
}

/** A widget, and the flow it is placed in. */
export interface ReachedWidget {
  readonly flowSid: string
  readonly name: string
}

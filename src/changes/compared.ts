import type { JsonObject } from '../flow/record.ts'

/** A flow as far as it is compared: a definition, or whatever a file holds. */
export interface ComparedFlow {
  readonly states: readonly ComparedWidget[]
  readonly initial_state?: unknown
}

/** A widget in its place in such a flow. */
export interface ComparedWidget {
  readonly name: string
  readonly type: string
  readonly properties: JsonObject
  readonly transitions: readonly ComparedTransition[]
}

/** Where an exit leads, or a branch of a split. */
export interface ComparedTransition {
  readonly event: string
  readonly next?: string | null | undefined
  readonly conditions?: readonly ComparedCondition[] | undefined
}

/** A test of a branch. */
export interface ComparedCondition {
  readonly friendly_name?: unknown
  readonly arguments?: unknown
  readonly type?: unknown
  readonly value?: unknown
}

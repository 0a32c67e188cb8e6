import type { JsonPath } from './json.ts'

/** What is wrong in a flow, as the server tells it. */
export interface Problem {
  /** A flow with an error cannot be saved. */
  readonly severity: 'error' | 'warning'
  readonly rule: string
  readonly message: string
  readonly hint?: string | undefined
  /** Its place in the definition. */
  readonly path: JsonPath
  /** Its place in the text at that path. */
  readonly offset?: number | undefined
  /** The name of the widget that it is about. */
  readonly widget?: string | undefined
}

import type { Form } from '../../signature/signature.ts'
import type { Network } from '../network.ts'

/** A request that has found its resource. */
export interface Asked {
  readonly network: Network
  readonly path: string
  /** `json`, `wav`, `mp3`, or nothing. */
  readonly ending: string
  /** The sids in the path. */
  readonly ids: Readonly<Record<string, string>>
  readonly query: Form
  readonly form: Form
}

/** What the API answers. */
export interface RestAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: string | Buffer
}

/** What can be done with a resource. */
export type Resource = Readonly<Partial<Record<'GET' | 'POST' | 'DELETE', (asked: Asked) => RestAnswer>>>

/** An answer in JSON. */
export function json(status: 200 | 201, body: unknown): RestAnswer {
  return { status, contentType: 'application/json', body: JSON.stringify(body) }
}

/** Deleted: nothing to be said. */
export const GONE: RestAnswer = { status: 204, contentType: 'application/json', body: '' }

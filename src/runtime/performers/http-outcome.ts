import type { HttpOutcome as AnyOutcome } from '../../engine/event.ts'
import { whyUnreachable } from '../../unreachable.ts'
import { RefusedAddress } from './guarded-connector.ts'
import type { Answer } from './own-hop.ts'

/** An answer of whatever status, or why there is none. */
export type HttpOutcome =
  | Extract<AnyOutcome, { ok: true }>
  | { readonly ok: false; readonly reason: FailureReason; readonly message: string }

export type FailureReason =
  | 'invalid-url'
  | 'no-function'
  | 'refused-address'
  | 'timeout'
  | 'too-large'
  | 'too-many-redirects'
  | 'network'

/** Ends a request that is at fault itself, or whose peer is. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed'
  readonly reason: FailureReason

  constructor(reason: FailureReason, message: string) {
    super(message)
    this.reason = reason
  }
}

/** What was answered; reads the body, but not beyond the limit. */
export async function outcomeOf({ statusCode, headers, body }: Answer, maxBytes: number): Promise<HttpOutcome> {
  const flat = flattened(headers)
  const { 'content-type': type = '' } = flat
  const [mediaType = ''] = type.split(/[;,]/, 1)
  const charset = /;\s*charset\s*=\s*"?([^\s";,]+)/i.exec(type)?.[1]
  return {
    ok: true,
    status: statusCode,
    contentType: mediaType.trim().toLowerCase(),
    headers: flat,
    body: decoded(await bytesOf(body, maxBytes), charset),
  }
}

function flattened(headers: Answer['headers']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]))
}

async function bytesOf(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    if (length > maxBytes) throw new RequestFailed('too-large', `the answer has more than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function decoded(bytes: Uint8Array, charset = 'utf-8'): string {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes) // a charset nobody knows
  }
}

/** What is told of a request that led to no answer. */
export function failure(error: unknown, url: string, timeoutMs: number): HttpOutcome {
  if (error instanceof RequestFailed) return { ok: false, reason: error.reason, message: error.message }
  if (error instanceof RefusedAddress) return { ok: false, reason: 'refused-address', message: error.message }
  if (isTimeout(error))
    return { ok: false, reason: 'timeout', message: `no whole answer within ${timeoutMs / 1_000} s` }
  const host = URL.canParse(url) ? new URL(url).host : url
  return { ok: false, reason: 'network', message: `the request to ${host} failed: ${whyUnreachable(error)}` }
}

const TIMEOUTS = new Set<unknown>(['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT'])

function isTimeout(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return error.name === 'TimeoutError' || ('code' in error && TIMEOUTS.has(error.code))
}

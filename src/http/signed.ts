import type { FastifyRequest } from 'fastify'
import { Refusal } from '../errors.ts'
import { type Form, isSigned } from '../signature/signature.ts'
import { baseUrl, pathOf } from './base-url.ts'

/** What a signature must fit. */
export interface Signed {
  readonly tokens: readonly string[]
  readonly publicUrl: string | undefined
  /** The parameters of the body. */
  readonly form: Form
  /** A body that is no form: only its hash is signed. */
  readonly raw?: string | Uint8Array | undefined
}

/** Refuses a request that does not bear the account's X-Twilio-Signature (engine.md 6). */
export function requireSignature(request: FastifyRequest, { tokens, raw, form, ...parts }: Signed): void {
  const url = baseUrl(request, parts) + request.url
  const signature = headerOf(request, 'x-twilio-signature')
  if (signature && isSigned({ url, form, ...(raw !== undefined && { rawBody: raw }) }, signature, tokens)) return
  const found = signature
    ? `X-Twilio-Signature ${JSON.stringify(signature)} does not fit`
    : 'X-Twilio-Signature is missing for'
  throw new Refusal(
    'wrongSignature',
    `${found} ${baseUrl(request, parts)}${pathOf(request)}; expected the signature of the account's auth token over the URL that was asked for (is PUBLIC_URL right?)`,
  )
}

/** A header, the first of several. */
export function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

import { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import type { FunctionAnswer, FunctionCall } from '../../functions/call.ts'
import { type Hop, wireRequest } from './request-hop.ts'

/** An answer to a hop, whoever gave it. */
export interface Answer extends Pick<Dispatcher.ResponseData, 'statusCode' | 'headers'> {
  readonly body: Readable
}

/** A request to this server that does not come by the network. */
export interface OwnRequest {
  readonly method: Hop['method']
  /** With the query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
}

/** A hop as the server gets it; `base` is what comes before the path in its URL. */
export function ownRequest(hop: Hop, base: string, token: string | undefined): OwnRequest {
  const { url, headers } = wireRequest(hop, token)
  return {
    method: hop.method,
    path: url.href.slice(base.length),
    headers: { ...headers, host: url.host },
    body: hop.payload?.text,
  }
}

/** The call that a hop to a function is: what it would see of the request over HTTP. */
export function callOf(hop: Hop, path: string, token: string | undefined): FunctionCall {
  const { 'i-twilio-idempotency-token': _hidden, ...headers } = wireRequest(hop, token).headers
  const length = Buffer.byteLength(hop.payload?.text ?? '')
  return {
    path,
    fields: fieldsOf(hop),
    headers: { ...headers, 'content-length': String(length) },
    cookies: {},
    host: hop.url.host,
    id: hop.token ?? '',
  }
}

/** What a function has answered, as HTTP would bring it. */
export function answerOf({ status, headers, body }: FunctionAnswer): Answer {
  return {
    statusCode: status,
    headers: listed(headers.map(([name, value]) => [name.toLowerCase(), value])),
    body: Readable.from(body.length > 0 ? [body] : []),
  }
}

/** Query and form as one, of which the form wins; a name that comes again makes a list. */
function fieldsOf({ url, payload }: Hop): FunctionCall['fields'] {
  return { ...listed([...url.searchParams]), ...listed([...new URLSearchParams(payload?.text)]) }
}

function listed(pairs: readonly (readonly [name: string, value: string])[]): Record<string, string | string[]> {
  const values = new Map<string, string | string[]>()
  for (const [name, value] of pairs) {
    const before = values.get(name)
    values.set(name, before === undefined ? value : [before, value].flat())
  }
  return Object.fromEntries(values)
}

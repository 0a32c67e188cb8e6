import type { Params } from '../line/web-request.ts'
import { fault, type Problem } from '../problem.ts'
import type { Hook } from '../webhooks.ts'

/** Where the next document comes from. */
export type Destination =
  | (Hook & { readonly kind: 'url'; readonly params?: Params })
  | { readonly kind: 'twiml'; readonly text: string }

/** An absolute URL from an attribute; a problem where it is relative to nothing, or no URL. */
export function absolute(url: string, base: string | undefined): string | Problem {
  if (URL.canParse(url)) return url
  if (base === undefined) return fault(15004, `${JSON.stringify(url)} is relative, and this TwiML came from no URL`)
  return URL.canParse(url, base) ? new URL(url, base).href : fault(11100, `${JSON.stringify(url)} is no URL`)
}

/** The destination of a verb that goes on elsewhere; without a URL, where the document came from. */
export function destination(
  {
    url = '',
    method,
    params,
  }: { readonly url?: string | undefined; readonly method: 'GET' | 'POST'; readonly params?: Params },
  base: string | undefined,
): Destination | Problem {
  if (url.trim() === '' && base === undefined) return fault(15004, 'there is no URL to go on at')
  const target = url.trim() === '' ? (base ?? '') : absolute(url.trim(), base)
  return typeof target === 'string' ? { kind: 'url', url: target, method, ...(params && { params }) } : target
}

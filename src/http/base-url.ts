import type { FastifyRequest } from 'fastify'

/** Base of the absolute URLs that an answer gives out: the public one, or the one by which the request came. */
export function baseUrl(request: FastifyRequest, { publicUrl }: { readonly publicUrl: string | undefined }): string {
  return publicUrl ?? `${request.protocol}://${request.host}`
}

/** Host, and port where it is not the usual one, of the same. */
export function hostOf(request: FastifyRequest, { publicUrl }: { readonly publicUrl: string | undefined }): string {
  return publicUrl === undefined ? request.host : new URL(publicUrl).host
}

/** What stands behind the first question mark; a value may hold further ones. */
export function queryIn(url: string): string {
  const at = url.indexOf('?')
  return at === -1 ? '' : url.slice(at + 1)
}

/** What was asked for, without the query, which can hold phone numbers. */
export function pathOf({ url }: FastifyRequest): string {
  return url.split('?', 1)[0] ?? url
}

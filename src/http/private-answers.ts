import type { FastifyInstance, FastifyReply } from 'fastify'

/** Keeps the answers of a part of the server out of caches, out of frames, and from other sites' pages. */
export function keepPrivate(scope: FastifyInstance, publicUrl: string | undefined): void {
  const isSecure = publicUrl?.startsWith('https:')
  const headers = { ...PRIVATE_HEADERS, ...(isSecure && { 'strict-transport-security': 'max-age=31536000' }) }
  scope.addHook('onSend', async (_request, reply) => void reply.headers({ ...headers, ...policyOf(reply) }))
}

/** The policy of a page of its own; most answers are none. */
function policyOf(reply: FastifyReply): Record<string, string> {
  const policy = reply.getHeader('content-security-policy')
  return typeof policy === 'string' ? { 'content-security-policy': policy } : {}
}

/** What an answer bears that is for whoever has asked, and for nobody else. */
export const PRIVATE_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'", // an answer that is opened as a page does nothing
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const

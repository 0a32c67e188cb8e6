import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../errors.ts'
import { type Credentials, isKnown } from '../signature/basic-auth.ts'

/** Lets in only who names known credentials: AccountSid and auth token, or an API key (engine.md 8.1). */
export function requireAccess(known: readonly Credentials[]) {
  return async ({ headers: { authorization } }: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (isKnown(authorization, known)) return
    reply.header('www-authenticate', 'Basic realm="Twilio API"') // many a client sends credentials only when asked
    const found = authorization === undefined ? 'no Authorization header' : 'credentials that are not known'
    throw new Refusal(
      'unauthenticated',
      `Authenticate: ${found} found; expected Basic authentication with AccountSid:AuthToken or an API key`,
    )
  }
}

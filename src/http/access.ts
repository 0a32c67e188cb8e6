import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../errors.ts'
import { type Credentials, isKnown } from '../signature/basic-auth.ts'
import { failAsJson } from './fail.ts'

/** What an API needs that is behind credentials. */
export interface ApiAccess {
  readonly credentials: readonly Credentials[]
  /** Base of every URL given out; undefined: as the request says. */
  readonly publicUrl: string | undefined
}

/** Serves a part of the server behind credentials, its errors in JSON whatever was posted. */
export function behindCredentials(
  server: FastifyInstance,
  { credentials }: ApiAccess,
  serve: (api: FastifyInstance) => void,
): void {
  server.register(async (api) => {
    api.addHook('onRequest', requireAccess(credentials))
    api.setErrorHandler(failAsJson)
    serve(api)
  })
}

/** Lets in only who names known credentials: AccountSid and auth token, or an API key (engine.md 8.1). */
function requireAccess(known: readonly Credentials[]) {
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

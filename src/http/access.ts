import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../errors.ts'
import { failAsJson } from './fail.ts'
import { sessionOf } from './login/cookie.ts'
import { type CountedCredentials, showsKnown } from './login/credentials.ts'
import { demandOwnPage, refuseForeignPage } from './login/own-page.ts'
import type { Sessions } from './login/sessions.ts'
import { keepPrivate } from './private-answers.ts'

/** What an API needs that is behind credentials. */
export interface ApiAccess extends CountedCredentials {
  /** Of who has signed in on a page of this server. */
  readonly sessions: Sessions
  /** Base of every URL given out; undefined: as the request says. */
  readonly publicUrl: string | undefined
}

/** Serves a part of the server behind credentials, its errors in JSON whatever was posted. */
export function behindCredentials(
  server: FastifyInstance,
  access: ApiAccess,
  serve: (api: FastifyInstance) => void,
): void {
  server.register(async (api) => {
    api.addHook('onRoute', (route) => void Object.assign(route.config ?? {}, { isBehindCredentials: true }))
    api.addHook('onRequest', requireAccess(access))
    api.setErrorHandler(failAsJson)
    keepPrivate(api, access.publicUrl)
    serve(api)
  })
}

/** Lets in whoever shows known credentials (AccountSid and auth token, or an API key), and this server's own pages while somebody is signed in. A browser remembers Basic credentials and sends them for any page, so foreign pages are refused even with these (engine.md 8.1). */
function requireAccess(access: ApiAccess) {
  const { sessions, publicUrl } = access
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { authorization } = request.headers
    if (showsKnown(request, access)) return refuseForeignPage(request, publicUrl)
    if (authorization === undefined && sessionOf(request, sessions)) return demandOwnPage(request, publicUrl)
    if (!isScript(request)) reply.header('www-authenticate', 'Basic realm="Twilio API"') // many a client sends credentials only when asked
    const found = authorization === undefined ? 'no Authorization header' : 'credentials that are not known'
    throw new Refusal(
      'unauthenticated',
      `Authenticate: ${found} found; expected Basic authentication with AccountSid:AuthToken or an API key`,
    )
  }
}

/** Whether a page asks: its browser would answer a challenge with a dialog of its own. */
function isScript({ headers }: FastifyRequest): boolean {
  return headers['sec-fetch-site'] !== undefined && headers['sec-fetch-mode'] !== 'navigate'
}

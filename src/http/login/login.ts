import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Clock } from '../../clock/clock.ts'
import { Refusal } from '../../errors.ts'
import { areKnown } from '../../signature/basic-auth.ts'
import { SESSION } from '../api/shapes.ts'
import { failAsJson } from '../fail.ts'
import { given } from '../parameters.ts'
import { keepPrivate } from '../private-answers.ts'
import { bodyOf } from '../webhooks/form.ts'
import { type CookieParts, giveSession, sessionOf, takeSession } from './cookie.ts'
import { type CountedCredentials, credentialsFor } from './credentials.ts'
import { isFromThisMachine, refuseForeignPage } from './own-page.ts'
import { SESSION_MS, type Session } from './sessions.ts'

/** What signing in needs. */
export interface LoginParts extends CookieParts, CountedCredentials {
  readonly clock: Clock
}

/** `GET /api/session`, `POST /api/login`, `POST /api/logout`: how a page of ours comes by credentials, which it must not keep. */
export function login(server: FastifyInstance, parts: LoginParts): void {
  server.register(async (scope) => {
    scope.setErrorHandler(failAsJson)
    keepPrivate(scope, parts.publicUrl)
    scope.addHook('onRequest', async (request) => refuseForeignPage(request, parts.publicUrl))
    scope.get('/api/session', { exposeHeadRoute: true, config: { operation: TELLS } }, (request, reply) =>
      reply.send(found(request, reply, parts)),
    )
    scope.post('/api/login', { config: { operation: SIGNS_IN } }, (request, reply) =>
      reply.send(signIn(request, reply, parts)),
    )
    scope.post('/api/logout', { config: { operation: SIGNS_OUT } }, (request, reply) => {
      const session = sessionOf(request, parts.sessions)
      if (session) parts.sessions.end(session)
      takeSession(reply, parts)
      return reply.code(204).send()
    })
  })
}

const LOGIN = z.object({ username: z.string(), password: z.string() })
const TELLS = { summary: 'Who is signed in on a page', answer: SESSION } as const
const SIGNS_IN = { summary: 'Signs in', form: LOGIN, answer: SESSION } as const
const SIGNS_OUT = { summary: 'Signs out', status: 204 } as const

/** The session there is, made longer when half of it is over; in development one that is given to whoever asks on this machine. */
function found(request: FastifyRequest, reply: FastifyReply, parts: LoginParts) {
  const session = sessionOf(request, parts.sessions)
  const isOpen = parts.development && isFromThisMachine(request)
  if (session ? isHalfOver(session, parts) : isOpen) giveSession(reply, session?.user ?? parts.accountSid, parts)
  return shown(session?.user ?? (isOpen ? parts.accountSid : undefined), { isOpen, parts })
}

function isHalfOver({ endsAt }: Session, { clock }: LoginParts): boolean {
  return endsAt - clock.now() < SESSION_MS / 2
}

function shown(user: string | undefined, { isOpen, parts }: { readonly isOpen: boolean; readonly parts: LoginParts }) {
  const { accountSid, development } = parts
  if (user === undefined) return { signed_in: false, login_required: true, development }
  return { signed_in: true, login_required: !isOpen, development, user, account_sid: accountSid }
}

function signIn(request: FastifyRequest, reply: FastifyReply, parts: LoginParts) {
  parts.failedLogins.demandFewFrom(request.ip)
  const { form = [] } = bodyOf(request)
  const [user = '', password = ''] = [given(form, 'username'), given(form, 'password')]
  if (!areKnown({ user, password }, credentialsFor(request, parts))) {
    parts.failedLogins.add(request.ip)
    throw new Refusal('unauthenticated', UNKNOWN)
  }
  giveSession(reply, user, parts)
  return shown(user, { isOpen: false, parts })
}

const UNKNOWN =
  'username and password are not known; expected the account and its auth token, or an API key and its secret'

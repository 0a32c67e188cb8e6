import type { FastifyRequest } from 'fastify'
import { type Credentials, isKnown } from '../../signature/basic-auth.ts'
import type { FailedLogins } from './failed-logins.ts'
import { isByOwnName } from './own-page.ts'

/** Who may use the server, and how it is set up. */
export interface KnownCredentials {
  readonly credentials: readonly Credentials[]
  readonly accountSid: string
  /** No credentials are set: those of the account are the ones that everybody knows. */
  readonly development: boolean
}

/** The credentials that count for a request: what everybody knows counts on this machine alone, asked by its own name. */
export function credentialsFor(request: FastifyRequest, known: KnownCredentials): readonly Credentials[] {
  const { credentials, accountSid, development } = known
  if (!development || isByOwnName(request)) return credentials
  return credentials.filter(({ user }) => user !== accountSid)
}

/** The same, with the count of those that were wrong. */
export interface CountedCredentials extends KnownCredentials {
  readonly failedLogins: FailedLogins
}

/** Whether a request shows Basic credentials that count for it. Wrong ones are counted; throws a `Refusal` where it has been too many. */
export function showsKnown(request: FastifyRequest, counted: CountedCredentials): boolean {
  const { authorization } = request.headers
  if (authorization === undefined) return false
  const isRight = isKnown(authorization, credentialsFor(request, counted))
  if (isRight) counted.failedLogins.letIn(request.ip)
  else counted.failedLogins.turnAway(request.ip)
  return isRight
}

import type { FastifyRequest } from 'fastify'
import type { Credentials } from '../../signature/basic-auth.ts'
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

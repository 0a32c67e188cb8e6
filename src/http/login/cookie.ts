import type { FastifyReply, FastifyRequest } from 'fastify'
import { baseUrl } from '../base-url.ts'
import { SESSION_MS, type Session, type Sessions } from './sessions.ts'

/** How a session is carried. */
export interface CookieParts {
  readonly sessions: Sessions
  readonly publicUrl: string | undefined
}

/** The session by which a request came; another host can have put up a cookie of the same name before ours. */
export function sessionOf({ headers }: FastifyRequest, sessions: Sessions): Session | undefined {
  const tokens = [...(headers.cookie ?? '').matchAll(COOKIE)].map(([, token = '']) => token)
  return tokens.map((token) => sessions.find(token)).find((session) => session !== undefined)
}

const NAME = 'trunkline_session'
const COOKIE = new RegExp(`(?:^|;)\\s*${NAME}=([^;\\s]*)`, 'g')

/** Gives the browser a session to come with. */
export function giveSession(reply: FastifyReply, user: string, parts: CookieParts): void {
  setCookie(reply, `${parts.sessions.begin(user)}; Max-Age=${SESSION_MS / 1_000}`, parts)
}

/** Takes it away. */
export function takeSession(reply: FastifyReply, parts: CookieParts): void {
  setCookie(reply, '; Max-Age=0', parts)
}

function setCookie(reply: FastifyReply, value: string, parts: CookieParts): void {
  const secure = baseUrl(reply.request, parts).startsWith('https:') ? '; Secure' : ''
  reply.header('set-cookie', `${NAME}=${value}; Path=/; HttpOnly; SameSite=Strict${secure}`)
}

import * as z from 'zod/mini'
import { ask } from './ask.ts'

const Session = z.object({
  signed_in: z.boolean(),
  login_required: z.boolean(),
  user: z.optional(z.string()),
})

/** Whether somebody is signed in, and whether anybody must be. */
export type Session = z.infer<typeof Session>

/** Whose page this is, as the server sees it. */
export function sessionOf(): Promise<Session> {
  return ask({ path: '/api/session', answer: Session })
}

/** Signs in with the account's sid and auth token, or with an API key and its secret; throws `Refused`. */
export async function signIn(username: string, password: string): Promise<void> {
  await ask({ path: '/api/login', answer: Session, json: { username, password } })
}

/** Ends the session. */
export async function signOut(): Promise<void> {
  await ask({ path: '/api/logout', answer: z.unknown(), method: 'POST' })
}

import { type Fields, field } from '../engine/fields.ts'
import type { Done, Insisted } from './channel.ts'
import type { RestAnswer } from './rest-answer.ts'
import type { RestApi, RestRequest } from './rest-api.ts'
import { fieldsFromRest } from './rest-resource.ts'
import { Unanswered } from './unanswered.ts'

/** What the REST API made of a request: a resource, or a refusal with its code, if it has one. */
export type Outcome = Insisted &
  (
    | { readonly ok: true; readonly resource: Fields }
    | { readonly ok: false; readonly code: number | null; readonly reason: string }
  )

/** Asks the REST API; no answer is a refusal. */
export async function outcomeOf(api: RestApi, request: RestRequest): Promise<Outcome> {
  try {
    return read(await api.ask(request))
  } catch (error) {
    if (error instanceof Unanswered)
      return {
        ok: false,
        code: null,
        reason: `the carrier did not answer: ${error.message}`,
        ...insisted(error.attempts),
      }
    throw error
  }
}

/** Asks the REST API under one token for everything that an effect needs. */
export function asking(api: RestApi, token: string): Ask {
  return (request) => outcomeOf(api, { ...request, token })
}

/** One of several requests that belong together. */
export type Ask = (request: Omit<RestRequest, 'token'>) => Promise<Outcome>

function read(answer: RestAnswer): Outcome {
  const { status, body, attempts } = answer
  if (status === DELETED) return { ok: true, resource: {}, ...insisted(attempts) }
  if (body && status < 300) return { ok: true, resource: body, ...insisted(attempts) }
  const code = field(body, 'code')
  return { ok: false, code: typeof code === 'number' ? code : null, reason: reasonOf(answer), ...insisted(attempts) }
}

/** Once is nothing to speak of. */
export function insisted(attempts = 1): Insisted {
  return attempts > 1 ? { attempts } : {}
}

/** What is deleted is answered with nothing. */
const DELETED = 204

/** The carrier's own words; besides, how it was answered where that is the point. */
function reasonOf({ status, body, flaw, attempts = 1 }: RestAnswer): string {
  const message = field(body, 'message')
  if (message !== undefined && attempts === 1) return String(message)
  const answered = flaw === undefined ? `HTTP ${status}` : `HTTP ${status} with ${flaw}`
  const insisted = attempts > 1 ? ` after ${attempts} attempts` : ''
  return `${message === undefined ? '' : `${String(message)}, `}${answered}${insisted}`
}

/** The same with the key names that flows see. */
export function done(outcome: Outcome): Done {
  if (!outcome.ok) return refusedBecause(outcome)
  return { ok: true, resource: fieldsFromRest(outcome.resource), ...insisted(outcome.attempts) }
}

/** Why it was refused, in a line. */
export function refusedBecause(refusal: Refusal): Insisted & { readonly ok: false; readonly reason: string } {
  return { ok: false, reason: withCode(refusal), ...insisted(refusal.attempts) }
}

/** The reason with its code, if it has one. */
export function withCode({ code, reason }: Refusal): string {
  return code === null ? reason : `${reason} (${code})`
}

/** Nothing was done. */
export type Refusal = Extract<Outcome, { ok: false }>

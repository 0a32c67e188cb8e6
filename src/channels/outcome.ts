import { type Fields, field, isFields } from '../engine/fields.ts'
import type { Done } from './channel.ts'
import type { RestApi, RestRequest } from './rest-api.ts'
import { fieldsFromRest } from './rest-resource.ts'

/** What the REST API made of a request: a resource, or a refusal with its code, if it has one. */
export type Outcome =
  | { readonly ok: true; readonly resource: Fields }
  | { readonly ok: false; readonly code: number | null; readonly reason: string }

/** Asks the REST API; no answer is a refusal. */
export async function outcomeOf(api: RestApi, request: RestRequest): Promise<Outcome> {
  try {
    const { status, body } = await api.ask(request)
    const answer: Fields = isFields(body) ? body : {}
    if (status < 300) return { ok: true, resource: answer }
    const code = field(answer, 'code')
    const reason = String(field(answer, 'message') ?? `HTTP ${status}`)
    return { ok: false, code: typeof code === 'number' ? code : null, reason }
  } catch (error) {
    return { ok: false, code: null, reason: `the carrier did not answer: ${String(error)}` }
  }
}

/** The same with the key names that flows see. */
export function done(outcome: Outcome): Done {
  return outcome.ok ? { ok: true, resource: fieldsFromRest(outcome.resource) } : refusedBecause(outcome)
}

/** Why it was refused, in a line. */
export function refusedBecause({ code, reason }: Refusal): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason: code === null ? reason : `${reason} (${code})` }
}

type Refusal = Extract<Outcome, { ok: false }>

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DEEPEST, isWithin } from '../../engine/json.ts'
import { Refusal } from '../../errors.ts'
import type { Form } from '../../signature/signature.ts'
import { lenientForm } from '../webhooks/form.ts'

/** A request body as functions see it: a form, a JSON object or, of any other type, nothing. */
export interface FunctionBody {
  readonly form: Form
  readonly json?: object
  /** A body that is no form, as it came: its hash is signed. */
  readonly raw?: Buffer
}

/** No body at all. */
export const NO_BODY: FunctionBody = { form: [] }

/** Reads bodies as Twilio's runtime does, which is more lenient than webhooks are (functions-flex.md A2). */
export function readFunctionBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers()
  const read = (type: string, parse: (raw: Buffer) => FunctionBody) =>
    server.addContentTypeParser(type, { parseAs: 'buffer' }, async (_request: FastifyRequest, raw: Buffer) =>
      parse(raw),
    )
  read('application/x-www-form-urlencoded', (raw) => ({ form: lenientForm(raw.toString()) }))
  read('application/json', (raw) => ({ form: [], json: jsonIn(raw.toString()), raw }))
  read('*', (raw) => ({ form: [], raw }))
}

/** The fields of a handler's `event`: a name that comes more than once has a list of values; the body wins over the query. */
export function fieldsOf(query: Form, { form, json }: FunctionBody): Record<string, unknown> {
  return { ...grouped(query), ...(json ?? grouped(form)) }
}

function grouped(form: Form): Record<string, string | readonly string[]> {
  const values = new Map<string, string | readonly string[]>()
  for (const [name, value] of form) {
    const before = values.get(name)
    values.set(name, before === undefined ? value : [before, value].flat())
  }
  return Object.fromEntries(values)
}

function jsonIn(text: string): object {
  if (text.trim() === '') return {}
  const json = parsed(text)
  if (!isWithin(json, DEEPEST))
    throw new Refusal('invalidRequest', `the JSON of the body is nested deeper than ${DEEPEST} levels`)
  if (typeof json === 'object' && json !== null) return json
  throw new Refusal(
    'invalidRequest',
    `the content type is application/json; found a body of ${text.length} characters that is no JSON object`,
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // what it says is nobody's but the caller's
  }
}

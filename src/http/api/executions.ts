import type { FastifyInstance } from 'fastify'
import { type Fields, isFields } from '../../engine/fields.ts'
import { Refusal } from '../../errors.ts'
import type { FlowLibrary } from '../../runtime/flows.ts'
import type { Runtime } from '../../runtime/runtime.ts'
import type { Credentials } from '../../signature/basic-auth.ts'
import { AlreadyActive } from '../../store/store.ts'
import { baseUrl, pathOf } from '../base-url.ts'
import { type FormBody, paramsOf } from '../webhooks/form.ts'
import { requireAccess } from './access.ts'
import { executionResource } from './execution-resource.ts'

/** What executions over REST need. */
export interface ExecutionParts {
  readonly credentials: readonly Credentials[]
  readonly flows: FlowLibrary
  readonly runtime: Runtime
  readonly publicUrl: string | undefined
}

/** `POST /v2/Flows/{FlowSid}/Executions`: begins an execution with a contact, which goes on after the answer (engine.md 8.2 and 10). */
export function createExecution(server: FastifyInstance, parts: ExecutionParts): void {
  server.post<{ Params: { flowSid: string } }>('/v2/Flows/:flowSid/Executions', {
    onRequest: requireAccess(parts.credentials),
    async handler(request, reply) {
      const { flowSid } = request.params
      const form = (request.body as FormBody | undefined)?.form ?? [] // made by the content type parsers of server.ts
      const wanted = wantedExecution(paramsOf([], form))
      const served = parts.flows.list().some(({ sid }) => sid === flowSid)
      const execution = served && (await parts.runtime.launch(flowSid, wanted).catch(refuseActive))
      if (!execution) throw new Refusal('notFound', `The requested resource ${pathOf(request)} was not found`)
      // What it has come to since is for the next request to tell.
      const asBegun = { ...execution, status: 'active', updatedAt: execution.createdAt } as const
      return reply.code(201).send(executionResource(asBegun, `${baseUrl(request, parts)}/v2/Flows/${flowSid}`))
    },
  })
}

function wantedExecution({ To: to = '', From: from = '', Parameters }: Record<string, string>) {
  for (const [name, value] of Object.entries({ To: to, From: from }))
    if (!value) throw new Refusal('invalidRequest', `Missing required parameter ${name} in the post body`)
  const bytes = Buffer.byteLength(to) + Buffer.byteLength(from)
  if (bytes > MOST_BYTES)
    throw new Refusal('invalidContact', `To and From have ${bytes} bytes together; at most ${MOST_BYTES} are taken`)
  return { type: 'incoming-request', to, from, parameters: parametersIn(Parameters || '{}') } as const
}

/** Of `To` and `From` together. */
const MOST_BYTES = 300

function parametersIn(text: string): Fields {
  const parameters = jsonIn(text)
  if (isFields(parameters)) return parameters
  const found = text.length > 100 ? `${text.slice(0, 100)}…` : text
  throw new Refusal('invalidRequest', `Parameters is ${found}; expected a JSON object`)
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // as little an object as any other JSON
  }
}

function refuseActive(error: unknown): never {
  if (!(error instanceof AlreadyActive)) throw error
  const message = `${error.message}. End the active Execution before creating a new one`
  throw new Refusal('conflict', message, { conflicting_execution_sid: error.executionSid })
}

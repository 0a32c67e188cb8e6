import { z } from 'zod'
import type { Access } from './operation.ts'
import { PROBLEM } from './problem.ts'
import type { Described } from './routes.ts'

/** A JSON Schema, or a part of the document. */
export type Json = Readonly<Record<string, unknown>>

/** What the whole server does, as an OpenAPI 3.1 document. */
export interface Document extends Json {
  readonly openapi: '3.1.0'
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>
}

export interface DocumentedOperation extends Json {
  readonly operationId: string
  readonly summary: string
  readonly tags: readonly string[]
  readonly parameters: readonly Json[]
  readonly responses: Readonly<Record<string, Json>>
}

/** Makes the document of what the routes say of themselves. */
export function documentOf(
  operations: readonly Described[],
  about: { readonly version: string; readonly url: string },
): Document {
  const schemas = new Schemas()
  const paths: Record<string, Record<string, DocumentedOperation>> = {}
  for (const operation of operations.toSorted((one, other) => (one.path < other.path ? -1 : 1))) {
    const { path, method } = operation
    paths[path] = { ...paths[path], [method.toLowerCase()]: documented(operation, schemas) }
  }
  schemas.refer(PROBLEM)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Trunkline',
      version: about.version,
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: about.url }],
    paths,
    components: { schemas: schemas.named, securitySchemes: SECURITY },
  }
}

const DESCRIPTION =
  'Studio’s REST API in both versions, Trunkline’s own under /api, the webhooks of flows, and what operators ask for.'

const SECURITY = {
  account: { type: 'http', scheme: 'basic', description: 'AccountSid and auth token, or an API key and its secret' },
  signature: { type: 'apiKey', in: 'header', name: 'X-Twilio-Signature', description: 'Made with the auth token' },
} as const

function documented(operation: Described, schemas: Schemas): DocumentedOperation {
  const { method, path, summary, status = 200, answer, type = 'application/json', access } = operation
  const content = answer && { content: { [type]: { schema: schemas.refer(answer) } } }
  return {
    operationId: idOf(method, path),
    summary,
    tags: [tagOf(path)],
    security: access ? [{ [SCHEMES[access]]: [] }] : [],
    parameters: [...pathParameters(path), ...queryParameters(operation.query, schemas)],
    ...bodyOf(operation, schemas),
    responses: {
      [status]: { description: status === 204 ? 'Done.' : 'As asked.', ...content },
      default: { description: 'Refused.', content: { 'application/json': { schema: schemas.refer(PROBLEM) } } },
    },
  }
}

const SCHEMES: Readonly<Record<Access, keyof typeof SECURITY>> = { credentials: 'account', signature: 'signature' }

function idOf(method: string, path: string): string {
  return [method.toLowerCase(), ...path.split(/\W+/).filter((word) => word !== '')].join('-')
}

const TAGS: readonly (readonly [RegExp, string])[] = [
  [/^\/(v1\/Accounts|flows)\//, 'Webhooks'],
  [/^\/v2\//, 'Studio, version 2'],
  [/^\/v1\/Flows/, 'Studio, version 1'],
  [/^\/api\//, 'Trunkline'],
  [/^\/(healthz|readyz|metrics|docs)/, 'Operations'],
  [/^\/(v1|2010-04-01)\//, 'The simulated carrier'],
]

function tagOf(path: string): string {
  return TAGS.find(([pattern]) => pattern.test(path))?.[1] ?? 'Functions, assets and pages'
}

function pathParameters(path: string): readonly Json[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  return names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
}

function queryParameters(query: z.ZodObject | undefined, schemas: Schemas): readonly Json[] {
  return Object.entries(query?.shape ?? {}).map(([name, schema]) => {
    const { description, ...rest } = schemas.refer(schema)
    return {
      name,
      in: 'query',
      required: !schema.safeParse(undefined).success,
      ...(description !== undefined && { description }),
      schema: rest,
    }
  })
}

function bodyOf({ form, json }: Described, schemas: Schemas): Json {
  if (json) return { requestBody: { required: true, content: { 'application/json': { schema: schemas.refer(json) } } } }
  if (!form) return {}
  return { requestBody: { content: { 'application/x-www-form-urlencoded': { schema: schemas.refer(form) } } } }
}

/** The schemas that have a name, each once. */
class Schemas {
  readonly named: Record<string, unknown> = {}

  /** A schema as the document has it: a reference where it has a name. */
  refer(schema: z.ZodType): Json {
    const whole = z.toJSONSchema(z.object({ schema }), {
      io: 'output',
      override: ({ jsonSchema }) => void delete jsonSchema.id,
    })
    const { $defs = {}, properties } = Places.parse(
      JSON.parse(JSON.stringify(whole).replaceAll('"#/$defs/', '"#/components/schemas/')),
    )
    Object.assign(this.named, $defs)
    return properties.schema
  }
}

const Places = z.object({
  $defs: z.record(z.string(), z.unknown()).optional(),
  properties: z.object({ schema: z.record(z.string(), z.unknown()) }),
})

import { existsSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { flow } from '../support/flow.ts'
import { form, serving } from '../support/server.ts'

/** Twilio's own description of the API, where it is at hand. */
const DOCUMENT = new URL('../../../shared/spec/studio_v2.openapi.json', import.meta.url)
if (!existsSync(DOCUMENT))
  console.warn('\nSKIPPED: every answer of the REST API against Twilio’s OpenAPI document, which is not here\n')

const ACCOUNT = `AC${'0'.repeat(32)}`
const FLOW = flow({
  Trigger: { type: 'trigger', exits: { incomingRequest: 'keep', incomingMessage: 'keep' } },
  keep: { type: 'set-variables', properties: { variables: [{ key: 'n', value: '1' }] }, exits: { next: null } },
})
const FIELDS = { FriendlyName: 'F', Status: 'published', Definition: JSON.stringify(FLOW), CommitMessage: 'first' }

test.runIf(existsSync(DOCUMENT))('every operation answers as Twilio’s OpenAPI document describes it', async () => {
  const { operations, validate } = documented()
  const { ask, settled } = await studio()
  const done = new Set<string>()
  /** Does an operation; `ids` fill its path in order. */
  const act = async (method: string, path: string, ids: readonly string[] = [], fields?: Record<string, string>) => {
    const rest = [...ids]
    const { status, body } = await ask(
      method,
      path.replaceAll(/\{\w+\}/g, () => rest.shift() ?? ''),
      fields,
    )
    done.add(`${method} ${path}`)
    const [expected = ''] = operations.get(`${method} ${path}`) ?? []
    expect([method, path, String(status)]).toEqual([method, path, expected])
    if (expected !== '204') expect(validate(method, path, expected, body)).toEqual([])
    return body
  }
  const EXECUTIONS = '/v2/Flows/{FlowSid}/Executions'

  const { sid } = await act('POST', '/v2/Flows', [], FIELDS)
  await act('POST', '/v2/Flows/{Sid}', [sid], { Status: 'draft' })
  await act('GET', '/v2/Flows')
  await act('GET', '/v2/Flows/{Sid}', [sid])
  await act('POST', '/v2/Flows/Validate', [], FIELDS)
  await act('GET', '/v2/Flows/{Sid}/Revisions', [sid])
  await act('GET', '/v2/Flows/{Sid}/Revisions/{Revision}', [sid, 'LatestPublished'])
  await act('POST', '/v2/Flows/{Sid}/TestUsers', [sid], { TestUsers: '+15550001' })
  await act('GET', '/v2/Flows/{Sid}/TestUsers', [sid])
  const execution = await act('POST', EXECUTIONS, [sid], { To: '+15550001000', From: '+15550002000' })
  await settled()
  await act('GET', EXECUTIONS, [sid])
  await act('GET', `${EXECUTIONS}/{Sid}`, [sid, execution.sid])
  await act('POST', `${EXECUTIONS}/{Sid}`, [sid, execution.sid], { Status: 'ended' })
  await act('GET', `${EXECUTIONS}/{ExecutionSid}/Context`, [sid, execution.sid])
  const { steps } = await act('GET', `${EXECUTIONS}/{ExecutionSid}/Steps`, [sid, execution.sid])
  await act('GET', `${EXECUTIONS}/{ExecutionSid}/Steps/{Sid}`, [sid, execution.sid, steps[0].sid])
  await act('GET', `${EXECUTIONS}/{ExecutionSid}/Steps/{StepSid}/Context`, [sid, execution.sid, steps[0].sid])
  await act('DELETE', `${EXECUTIONS}/{Sid}`, [sid, execution.sid])
  await act('DELETE', '/v2/Flows/{Sid}', [sid])

  expect([...operations.keys()].filter((operation) => !done.has(operation))).toEqual([])
})

interface OpenApi {
  readonly paths: Record<string, Record<string, { readonly responses: Record<string, unknown> }>>
}

/** The operations with the statuses they answer, and what is wrong with an answer: a key that is missing or strange counts. */
function documented() {
  const text = readFileSync(DOCUMENT, 'utf8')
  const document: OpenApi = JSON.parse(text, (_key, value) => exact(value))
  const ajv = new Ajv({ strict: false, allErrors: true, formats: FORMATS })
  ajv.addSchema(document, 'api')
  const operations = new Map<string, readonly string[]>()
  for (const [path, item] of Object.entries(document.paths))
    for (const method of ['get', 'post', 'delete'])
      if (item[method]) operations.set(`${method.toUpperCase()} ${path}`, Object.keys(item[method].responses))
  return {
    operations,
    validate(method: string, path: string, status: string, body: unknown) {
      const place = ['paths', path, method.toLowerCase(), 'responses', status, 'content', 'application/json', 'schema']
      const pointer = place
        .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
        .join('/')
      ajv.validate({ $ref: `api#/${pointer}` }, body)
      return (ajv.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
      )
    },
  }
}

const FORMATS = { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, uri: /^https?:\/\//, 'uri-map': true } as const

/** Every key of an object is there and no other; what may be null beside no type is what JSON Schema says in another way. */
function exact(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return schema
  const { nullable, ...rest } = schema as { readonly nullable?: boolean } & Record<string, unknown> // of JSON
  if (nullable && !('type' in rest)) return '$ref' in rest ? { anyOf: [rest, { type: 'null' }] } : rest
  if (rest.type !== 'object' || typeof rest.properties !== 'object') return schema
  return { ...schema, required: Object.keys(rest.properties ?? {}), additionalProperties: false }
}

async function studio() {
  const { server, settled } = await serving({})
  const authorization = `Basic ${Buffer.from(`${ACCOUNT}:dev`).toString('base64')}`
  return {
    settled,
    async ask(method: string, path: string, fields: Record<string, string> = {}) {
      const request =
        method === 'POST' ? form(fields, path, { authorization }) : { url: path, headers: { authorization } }
      const answer = await server.inject({ ...request, method: method as 'GET' | 'POST' | 'DELETE' }) // of the document
      return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() }
    },
  }
}

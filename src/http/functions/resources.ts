import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'
import { z } from 'zod'
import { Refusal } from '../../errors.ts'
import type { FunctionCaller } from '../../functions/call.ts'
import type { Project } from '../../functions/project.ts'
import type { Resource } from '../../functions/resource.ts'
import { failAsFile, sendAsset } from '../assets.ts'
import { hostOf, queryIn } from '../base-url.ts'
import { type ConsoleParts, sendConsole } from '../console.ts'
import { isOwnAddress } from '../own-addresses.ts'
import { requireSignature } from '../signed.ts'
import { lenientForm } from '../webhooks/form.ts'
import { sendAnswer } from './answer.ts'
import { type FunctionBody, fieldsOf, NO_BODY, readFunctionBodies } from './body.ts'
import { cookiesOf, extentOf, visibleHeaders } from './headers.ts'

/** What the addresses of functions and assets need. */
export interface ResourceParts extends ConsoleParts {
  /** What is served at the moment. */
  project(): Project
  readonly functions: FunctionCaller
  /** Any of them signs for what is protected, in development too. */
  readonly signingTokens: readonly string[]
  /** Base of every URL given out; undefined: as the request says. */
  readonly publicUrl: string | undefined
  readonly requestLimits: RequestLimits
}

/** How large a request to a function may be (functions-flex.md A3). */
export interface RequestLimits {
  readonly requestBytes: number
  readonly headerBytes: number
  readonly headers: number
}

/** The functions and assets of the served folder, at every address that is not the server's own. */
export function projectResources(server: FastifyInstance, parts: ResourceParts): void {
  server.register(async (routes) => {
    routes.register(fastifyStatic, { serve: false })
    readFunctionBodies(routes)
    routes.setErrorHandler(failAsFile)
    routes.route({
      method: ANY_METHOD,
      url: '/*',
      config: { operation: RESOURCE },
      bodyLimit: parts.requestLimits.requestBytes,
      onRequest: async (request, reply) => admit({ request, reply, parts }),
      handler: async (request, reply) => answer({ request, reply, parts }),
    })
  })
}

const RESOURCE = { summary: 'A function, an asset, or the console at /', answer: z.unknown(), type: '*/*' } as const

const ANY_METHOD: HTTPMethods[] = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']

/** An asset that is asked for by POST, as TwiML asks where nothing else is said, is answered as if it was asked for by GET. */
const METHODS = {
  function: ['GET', 'POST', 'OPTIONS'],
  asset: ['GET', 'HEAD', 'POST', 'OPTIONS'],
  console: ['GET', 'HEAD'],
} as const

/** A body of any other type is one of no type: nothing is seen of it. */
const MEDIA_TYPE = /^[^\s/;,]+\/[^\s/;,]+\s*(?:;|$)/

interface Asked {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly parts: ResourceParts
}

/** Turns away, before a body is read, whatever reaches neither a function nor an asset. */
async function admit({ request, reply, parts }: Asked): Promise<unknown> {
  const resource = resourceFor(request, parts.project())
  if (!resource && !isFrontDoor(request)) return reply.callNotFound()
  if (!resource) return requireMethod(request, reply, METHODS.console)
  if (request.method === 'OPTIONS') return preflight(reply)
  requireMethod(request, reply, METHODS[resource.kind])
  if (!MEDIA_TYPE.test(request.headers['content-type'] ?? '')) delete request.headers['content-type'] // fastify refuses it
  if (resource.kind === 'function') requireHeaders(request, parts.requestLimits)
  return undefined
}

async function answer({ request, reply, parts }: Asked): Promise<unknown> {
  const resource = resourceFor(request, parts.project())
  if (!resource && isFrontDoor(request)) return sendConsole(reply, parts.consoleFolder)
  if (!resource) return reply.callNotFound() // taken away while the body came
  const body = (request.body ?? NO_BODY) as FunctionBody // made by the content type parsers of body.ts alone
  if (resource.visibility === 'protected') {
    const { signingTokens: tokens, publicUrl } = parts
    requireSignature(request, { tokens, publicUrl, form: body.form, raw: body.raw })
  }
  if (resource.kind === 'asset') return sendAsset(reply, resource)
  return sendAnswer(reply, await callOf(resource, { request, parts, body }))
}

function callOf(
  { path }: Resource,
  { request, parts, body }: Pick<Asked, 'request' | 'parts'> & { readonly body: FunctionBody },
) {
  return parts.functions.call({
    path,
    fields: fieldsOf(lenientForm(queryIn(request.url)), body),
    headers: visibleHeaders(request.raw),
    cookies: cookiesOf(request.raw),
    host: hostOf(request, parts),
    id: request.id,
  })
}

/** What is served at an address; of what is private nothing is known. */
function resourceFor(request: FastifyRequest, { functions, assets }: Project): Resource | undefined {
  const { '*': rest = '' } = request.params as { '*'?: string } // the route has no other parameter
  const path = `/${rest}`
  if (isOwnAddress(path)) return undefined
  const found = functions.get(path) ?? assets.get(path) ?? (path === '/' ? assets.get(ROOT) : undefined)
  return found?.visibility === 'private' ? undefined : found
}

/** Whether the console is asked for: it is at `/`, where the project has no page there. */
function isFrontDoor({ params }: FastifyRequest): boolean {
  const { '*': rest } = params as { '*'?: string } // the route has no other parameter
  return rest === ''
}

/** The asset that is served at `/`, too (functions-flex.md A1). */
const ROOT = '/assets/index.html'

/** No function ever sees OPTIONS (functions-flex.md A3). */
function preflight(reply: FastifyReply): FastifyReply {
  return reply
    .code(204)
    .headers({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*',
      'access-control-allow-methods': 'GET, POST, OPTIONS',
    })
    .send()
}

function requireMethod({ method }: FastifyRequest, reply: FastifyReply, allowed: readonly string[]): void {
  if (allowed.includes(method)) return
  reply.header('allow', allowed.join(', '))
  throw new Refusal('methodNotAllowed', `the method is ${method}; expected ${allowed.join(', ')}`)
}

function requireHeaders({ raw }: FastifyRequest, { headerBytes, headers }: RequestLimits): void {
  const { bytes, count } = extentOf(raw)
  if (bytes <= headerBytes && count <= headers) return
  throw new Refusal(
    'headersTooLarge',
    `the request has ${count} headers of ${bytes} bytes; at most ${headers} and ${headerBytes} bytes are taken`,
  )
}

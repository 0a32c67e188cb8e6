import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../errors.ts'
import type { Form } from '../signature/signature.ts'
import { baseUrl, pathOf } from './base-url.ts'
import type { Operation } from './openapi/operation.ts'
import { bodyOf, queryPairs } from './webhooks/form.ts'

/** A resource of the REST API: where it is, and what each method does. */
export interface Resource {
  /** A path as fastify takes it: `/v2/Flows/:flow`. */
  readonly path: string
  /** Bytes of a request's body; the server's own limit, when it is left out. */
  readonly bodyLimit?: number
  /** What each method does, in words and shapes. */
  readonly about: Readonly<Partial<Record<'GET' | 'POST' | 'DELETE', Operation>>>
  readonly GET?: Act
  readonly POST?: Act
  readonly DELETE?: Act
}

/** Answers a request; throws a `Refusal`. */
export type Act = (asked: Asked) => Promise<Answer> | Answer

/** A request, read. */
export interface Asked {
  /** What the path names, by the names in the resource's own path. */
  readonly ids: Readonly<Record<string, string>>
  readonly form: Form
  /** A body of JSON as it came. */
  readonly raw: string | undefined
  readonly query: Form
  /** Base of the absolute URLs that an answer gives out. */
  readonly base: string
  /** Without the query. */
  readonly path: string
}

export interface Answer {
  readonly status: 200 | 201 | 204
  readonly body?: object | undefined
}

/** A body as it is asked for. */
export function ok(body: object): Answer {
  return { status: 200, body }
}

/** What was asked for is not there. */
export function notFound({ path }: Asked, why = ''): Refusal {
  const about = path.replace(/^\/v\d/, '')
  return new Refusal('notFound', `The requested resource ${about} was not found${why && `: ${why}`}`)
}

/** Mounts a resource. */
export function mount(server: FastifyInstance, resource: Resource, publicUrl: string | undefined): void {
  const { path: url, bodyLimit } = resource
  for (const method of METHODS) {
    const act = resource[method]
    if (!act) continue
    const handler = async (request: FastifyRequest, reply: FastifyReply) => {
      const { status, body } = await act(askedBy(request, publicUrl))
      return reply.code(status).send(body)
    }
    const config = { operation: resource.about[method] ?? null }
    const exposeHeadRoute = method === 'GET'
    server.route({ method, url, handler, config, exposeHeadRoute, ...(bodyLimit !== undefined && { bodyLimit }) })
  }
}

const METHODS = ['GET', 'POST', 'DELETE'] as const

function askedBy(request: FastifyRequest, publicUrl: string | undefined): Asked {
  const { form = [], raw } = bodyOf(request)
  return {
    ids: request.params as Record<string, string>, // strings by the names in the path
    form,
    raw,
    query: queryPairs(request.url),
    base: baseUrl(request, { publicUrl }),
    path: pathOf(request),
  }
}

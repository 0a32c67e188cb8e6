import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ownManifest } from '../../own-package.ts'
import { type ApiAccess, behindCredentials } from '../access.ts'
import { baseUrl } from '../base-url.ts'
import { type Document, documentOf } from './document.ts'
import { docsPage } from './page.ts'
import type { Described } from './routes.ts'

/** What the description of the server needs. */
export interface DocsParts extends ApiAccess {
  /** In development anybody may look: only this machine can. */
  readonly development: boolean
}

/** `/docs/openapi.json`, what every route does, as OpenAPI; and `/docs`, the same as a page without scripts. */
export function docs(server: FastifyInstance, parts: DocsParts, operations: () => readonly Described[]): void {
  const { version } = ownManifest()
  const documentFor = (request: FastifyRequest): Document =>
    documentOf(operations(), { version, url: baseUrl(request, parts) })
  const serve = (api: FastifyInstance) => {
    api.get('/docs/openapi.json', { exposeHeadRoute: true, config: { operation: DOCUMENT } }, (request) =>
      documentFor(request),
    )
    api.get('/docs', { exposeHeadRoute: true, config: { operation: PAGE } }, (request, reply) => {
      const nonce = randomBytes(16).toString('base64url')
      const policy = `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; frame-ancestors 'none'`
      reply.type('text/html; charset=utf-8').header('content-security-policy', policy)
      return docsPage(documentFor(request), nonce)
    })
  }
  if (parts.development) serve(server)
  else behindCredentials(server, parts, serve)
}

const DOCUMENT = {
  summary: 'This description, as OpenAPI 3.1',
  answer: z.looseObject({ openapi: z.string() }),
} as const
const PAGE = { summary: 'This description as a page', answer: z.string(), type: 'text/html' } as const

import type { FastifyInstance, RouteOptions } from 'fastify'
import type { Operation } from './operation.ts'

/** An operation of the server, and where it is. */
export interface Described extends Operation {
  readonly method: string
  /** As OpenAPI writes it: `/v2/Flows/{flow}`. */
  readonly path: string
}

/** Takes down what every route does that is registered from now on; one that does not say is a fault of ours, told of at the start. */
export function describeRoutes(server: FastifyInstance): () => readonly Described[] {
  const routes: RouteOptions[] = []
  server.addHook('onRoute', (route) => {
    if (route.config?.operation === undefined) throw new Error(`${route.method} ${route.url} has no operation`)
    routes.push(route)
  })
  return () => routes.flatMap(describedIn)
}

/** Browsers and checks ask by HEAD and OPTIONS what needs no words. */
const UNSAID: ReadonlySet<string> = new Set(['HEAD', 'OPTIONS'])

function describedIn({ method, url, config }: RouteOptions): readonly Described[] {
  const { operation, isBehindCredentials } = config ?? {}
  if (!operation) return []
  const access = isBehindCredentials ? ({ access: 'credentials' } as const) : {}
  const methods = [method].flat().filter((one) => !UNSAID.has(one))
  return methods.map((one) => ({ ...operation, ...access, method: one, path: templated(url) }))
}

function templated(url: string): string {
  return url.replace(/:(\w+)/g, '{$1}').replace(/\*$/, '{path}')
}

import type { z } from 'zod'

/** What one method of a route does, for whoever reads `/docs`: the document there is made of these. */
export interface Operation {
  readonly summary: string
  readonly query?: z.ZodObject
  /** The fields of the form that is posted. */
  readonly form?: z.ZodObject
  /** The body that is posted, where it is JSON. */
  readonly json?: z.ZodType
  /** 200, when it is left out. */
  readonly status?: number
  /** The body of the answer; none, when it is left out. */
  readonly answer?: z.ZodType
  /** Of the answer; JSON, when it is left out. */
  readonly type?: string
  /** Who is let in; anybody, when it is left out. */
  readonly access?: Access
}

/** `credentials`: of the REST API. `signature`: whoever signs with the account's token. */
export type Access = 'credentials' | 'signature'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Null where nothing is done: a method that is refused by name. */
    operation?: Operation | null
    /** Whether the whole part of the server is behind credentials. */
    isBehindCredentials?: boolean
  }
}

import { type FastifyInstance, fastify } from 'fastify'

/** A bare server that reads forms, as plainly as it can be done. */
export function formServer(): FastifyInstance {
  const server = fastify()
  server.removeAllContentTypeParsers()
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_request: unknown, text: string) => Object.fromEntries(new URLSearchParams(text)),
  )
  return server
}

import type { FastifyInstance } from 'fastify'

/** Has answers that are given while the server closes end their connections: one that is kept alive would hold up the end until its client lets go. */
export function endConnectionsOnClose(server: FastifyInstance): void {
  let isClosing = false
  server.addHook('preClose', async () => {
    isClosing = true
  })
  server.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close')
  })
}

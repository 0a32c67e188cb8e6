import type { FastifyInstance } from 'fastify'

/** Answers that are still given while the server closes end their connections: one that was kept alive would hold up the end until nobody waits for it any more. */
export function endConnectionsOnClose(server: FastifyInstance): void {
  let isClosing = false
  server.addHook('preClose', async () => {
    isClosing = true
  })
  server.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close')
  })
}

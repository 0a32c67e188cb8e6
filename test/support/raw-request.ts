import { Agent, request } from 'node:http'
import { onTestFinished } from 'vitest'
import type { Parts } from '../../src/parts.ts'

export interface RawRequest {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface RawAnswer {
  readonly status: number | undefined
  readonly body: string
}

/** Has a server listen; what it gives asks it over the network, without making a path any better, as URL classes do. */
export async function asking({ server }: Parts): Promise<(asked: RawRequest) => Promise<RawAnswer>> {
  await server.listen({ port: 0 })
  const { port } = new URL(server.listeningOrigin)
  const agent = new Agent({ keepAlive: true })
  onTestFinished(() => agent.destroy())
  return ({ body, headers, ...asked }) =>
    new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) } // Node tells it of some methods only
      const sent = request({ port, agent, ...asked, headers: { ...headers, ...length } }, async (response) => {
        resolve({ status: response.statusCode, body: (await response.toArray()).join('') })
      })
      sent.on('error', reject).end(body)
    })
}

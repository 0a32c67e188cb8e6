import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** What a server was asked. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Answers one request; may also leave it without an answer, or break it off. */
export type Answering = (response: ServerResponse, asked: Asked) => void

/** Serves by path on a port of its own until the test is over; remembers what it was asked, in order. */
export async function web(pages: Readonly<Record<string, Answering>>): Promise<{ origin: string; asked: Asked[] }> {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const one = await read(request)
    asked.push(one)
    const page = pages[new URL(one.path, 'http://x').pathname]
    if (page) page(response, one)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo // it listens on a port
  return { origin: `http://127.0.0.1:${port}`, asked }
}

/** Answers with this body. */
export function page(body: string | Buffer, headers: Readonly<Record<string, string>> = XML): Answering {
  return (response) => response.writeHead(200, headers).end(body)
}

const XML = { 'content-type': 'text/xml' }

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const { method = '', url: path = '', headers } = request
  return { method, path, headers, body: Buffer.concat(chunks).toString('utf8') }
}

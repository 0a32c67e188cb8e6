import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js'
import { expect, onTestFinished } from 'vitest'

/** The token that the networks of these tests sign with. */
export const TOKEN = 'dev'

/** What a path answers: TwiML, or a whole answer. */
export type Page = string | ((asked: Asked) => Partial<Answered>)

export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A request as it came in. */
export interface Asked {
  readonly method: string
  readonly path: string
  /** Parameters of the query and the form. */
  readonly params: Readonly<Record<string, string>>
  readonly cookie: string | undefined
}

/** A web server of the test's own that answers with hand-written pages; the test fails where the vendor's own package refuses the signature of a request. */
export async function site(pages: Readonly<Record<string, Page>>) {
  const asked: Asked[] = []
  const unsigned: Asked[] = []
  const server = createServer(async (request, response) => {
    const { signed, ...one } = await read(request)
    asked.push(one)
    if (!signed) unsigned.push(one)
    reply(response, pages[one.path.split('?', 1)[0] ?? ''], one)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
    expect(unsigned).toEqual([])
  })
  const { port } = server.address() as AddressInfo // listening on TCP
  const url = `http://127.0.0.1:${port}`
  const pathsAsked = () => asked.map(({ path }) => path)
  return { url, asked, pathsAsked, hook: (path: string) => ({ url: url + path, method: 'POST' as const }) }
}

function reply(response: ServerResponse, page: Page | undefined, one: Asked): void {
  if (page === undefined) return void response.writeHead(404).end()
  const { status = 200, headers = XML, body = '' } = typeof page === 'string' ? { body: page } : page(one)
  response.writeHead(status, headers).end(body)
}

const XML = { 'content-type': 'text/xml; charset=utf-8' }

async function read(request: IncomingMessage): Promise<Asked & { readonly signed: boolean }> {
  const { method = '', url = '', headers } = request
  const form = Object.fromEntries(new URLSearchParams(Buffer.concat(await request.toArray()).toString()))
  const { searchParams } = new URL(url, 'http://localhost')
  const signature = String(headers['x-twilio-signature'])
  return {
    method,
    path: url,
    params: { ...Object.fromEntries(searchParams), ...form },
    cookie: headers.cookie,
    signed: validateRequest(TOKEN, signature, `http://${headers.host}${url}`, form),
  }
}

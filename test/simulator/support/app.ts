import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import twilio from 'twilio'
import { expect, onTestFinished } from 'vitest'

/** What is served at a path: a document, or more than that, or what becomes of a request. */
export type Page = string | Answer | ((request: Asked) => string | Answer)

export interface Answer {
  readonly status?: number
  /** `text/xml` when it is left out; none at all when it is empty. */
  readonly type?: string
  readonly body?: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

/** A file that can be played. */
export const MUSIC: Answer = { type: 'audio/mpeg', body: 'ID3' }

export interface Asked {
  readonly method: string
  readonly path: string
  /** Of the query and of the form. */
  readonly params: Readonly<Record<string, string>>
  readonly headers: IncomingMessage['headers']
}

/** A TwiML application made of documents; remembers what it was asked. */
export interface App {
  readonly origin: string
  readonly asked: readonly Asked[]
}

export const AUTH_TOKEN = 'a token of the tests'

/** Serves documents by their path until the test is over; the vendor's own package checks the signature of each request. */
export async function serve(pages: Readonly<Record<string, Page>>): Promise<App> {
  const asked: Asked[] = []
  const unsigned: string[] = []
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request))
    if (!isSigned(request, form)) unsigned.push(`${request.method} ${request.url}`)
    const one = readRequest(request, form)
    asked.push(one)
    answer(response, pages[one.path], one)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on a port
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    expect(unsigned).toEqual([])
  })
  return { origin: `http://127.0.0.1:${port}`, asked }
}

/** The user info of the URL was signed too; it comes as a header. */
function isSigned({ headers, url, method }: IncomingMessage, form: URLSearchParams): boolean {
  const [, credentials] = /^Basic (.+)$/.exec(headers.authorization ?? '') ?? []
  const user = credentials === undefined ? '' : `${Buffer.from(credentials, 'base64').toString()}@`
  const params = method === 'POST' ? Object.fromEntries(form) : {}
  const signature = String(headers['x-twilio-signature'])
  return twilio.validateRequest(AUTH_TOKEN, signature, `http://${user}${headers.host}${url}`, params)
}

function readRequest({ method = '', url = '', headers }: IncomingMessage, form: URLSearchParams): Asked {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  return {
    method,
    path: pathname,
    params: { ...Object.fromEntries(searchParams), ...Object.fromEntries(form) },
    headers,
  }
}

function answer(response: ServerResponse, page: Page | undefined, asked: Asked): void {
  const made = typeof page === 'function' ? page(asked) : page
  const {
    status = made === undefined ? 404 : 200,
    type = 'text/xml',
    body = '',
    headers = {},
  } = typeof made === 'string' ? { body: made } : (made ?? {})
  response.writeHead(status, { ...(type !== '' && { 'content-type': type }), ...headers })
  response.end(body)
}

import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { type HttpClient, type HttpClientSettings, httpClient } from '../../src/runtime/performers/http-request.ts'

/** Signs the requests of `client`. */
export const TOKEN = '12345'

/** A client that reaches 127.0.0.1 and nothing else that is private. */
export function client(settings: Partial<HttpClientSettings> = {}): HttpClient {
  const made = httpClient({ allowPrivate: ['127.0.0.1'], tokens: [TOKEN], accountSid: 'AC1', ...settings })
  opened.push(() => made.close())
  return made
}

/** A request as it came in. */
export interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

type Redirect = readonly [status: number, location: string]

/** A server that keeps what it is asked, and redirects as it is told. */
export async function recorder(redirect: (asked: string, before: number) => Redirect | undefined = () => undefined) {
  const seen: Seen[] = []
  const opening = await server(async (request, response) => {
    const { method = '', url = '', headers } = request
    const [status, location] = redirect(url, seen.length) ?? [200]
    seen.push({ method, url, headers, body: Buffer.concat(await request.toArray()).toString() })
    response.writeHead(status, location === undefined ? {} : { location }).end()
  })
  return { ...opening, seen }
}

/** Redirects the first request alone. */
export function once(status: number, location: (asked: string) => string) {
  return (asked: string, before: number): Redirect | undefined => (before === 0 ? [status, location(asked)] : undefined)
}

/** A server on a free port of 127.0.0.1. */
export async function server(listener: RequestListener): Promise<{ url: string; closed: () => Promise<void> }> {
  const http = createServer(listener)
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const closed = () => closing(http)
  opened.push(closed)
  return { url: `http://127.0.0.1:${portOf(http)}`, closed }
}

/** A server that says one thing at once and another over and over; gives its port. */
export async function tcpServer(first: string, drip: string): Promise<number> {
  const tcp = createTcpServer((socket) => {
    socket.on('error', () => {}) // clients that give up are what it is for
    socket.write(first)
    const dripping = setInterval(() => drip && socket.write(drip), 20)
    socket.on('close', () => clearInterval(dripping))
    opened.push(async () => socket.destroy())
  })
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve))
  opened.push(async () => tcp.close())
  return portOf(tcp)
}

/** Closes every server and client of a test. */
export async function closeAll(): Promise<void> {
  await Promise.all(opened.splice(0).map((close) => close()))
}

const opened: (() => Promise<unknown>)[] = []

function closing(http: Server): Promise<void> {
  return new Promise((resolve) => {
    http.close(() => resolve())
    http.closeAllConnections()
  })
}

function portOf(listening: { address(): AddressInfo | string | null }): number {
  const address = listening.address()
  return typeof address === 'object' && address ? address.port : 0
}

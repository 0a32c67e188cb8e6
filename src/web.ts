import { isIP } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Config } from './config.ts'
import type { HttpRequestEffect } from './engine/effect.ts'
import type { FunctionAnswer } from './functions/call.ts'
import { isLoopback } from './loopback.ts'
import type { World } from './runtime/perform.ts'
import { httpClient } from './runtime/performers/http-request.ts'
import { OwnDomain, type OwnDomainParts } from './runtime/performers/own-domain.ts'
import type { OwnRequest } from './runtime/performers/own-hop.ts'

/** The web, and the functions and assets of our own in it. */
export interface Web {
  readonly domain: OwnDomain
  /** The world as it is asked for one effect; the token is the same whenever that is done again. */
  worldFor(token: string): World
  /** Gives up what is under way. */
  close(): Promise<void>
}

/** What is served here, and who serves it. */
export interface OwnServer extends Pick<OwnDomainParts, 'resources' | 'caller' | 'sids'> {
  server(): FastifyInstance
}

/** The web as flows may ask it by the settings. */
export function openWeb(config: Config, { server, ...own }: OwnServer): Web {
  const bases = () => basesOf(config, server())
  const domain = new OwnDomain({ ...own, bases, ask: (request) => inProcess(server(), request) })
  const client = httpClient({
    allowPrivate: config.HTTP_ALLOW_PRIVATE,
    tokens: config.TWILIO_AUTH_TOKEN,
    accountSid: config.TWILIO_ACCOUNT_SID,
    domain,
  })
  return {
    domain,
    worldFor: (token) => ({
      ask: (request) => client.request({ ...clientRequest(request), token }),
      here: (request) =>
        domain.answers(request) ? client.request({ ...clientRequest(request), token, staysHere: true }) : undefined,
    }),
    close: () => client.close(),
  }
}

/** Where others reach us: a port that was left to the system is known once it is listened at. */
export function originOf(config: Config, server: FastifyInstance): string {
  return config.PUBLIC_URL ?? listeningAt(config, server, config.HOST)
}

/** Where this machine reaches us. */
export function reachedAt(config: Config, server: FastifyInstance): string {
  return listeningAt(config, server, EVERYWHERE.has(config.HOST) ? '127.0.0.1' : config.HOST)
}

/** Our address as it is given out, and those by which this machine reaches us. */
function basesOf(config: Config, server: FastifyInstance): [string, ...string[]] {
  const { HOST } = config
  const names = isLoopback(HOST) || EVERYWHERE.has(HOST) ? LOOPBACK : [HOST]
  return [normal(originOf(config, server)), ...names.map((name) => listeningAt(config, server, name))]
}

const EVERYWHERE: ReadonlySet<string> = new Set(['0.0.0.0', '::'])
const LOOPBACK = ['localhost', '127.0.0.1', '::1']

function listeningAt({ PORT }: Config, server: FastifyInstance, host: string): string {
  const [address] = server.addresses()
  const name = isIP(host) === 6 ? `[${host}]` : host
  return `http://${name}:${typeof address === 'object' ? address.port : PORT}`
}

/** As URLs are compared: a standard port goes without saying. */
function normal(base: string): string {
  return new URL(base).href.replace(/\/+$/, '')
}

/** What would come over HTTP goes straight to the server, which is none the wiser. */
async function inProcess(
  server: FastifyInstance,
  { method, path, headers, body }: OwnRequest,
): Promise<FunctionAnswer> {
  const answer = await server.inject({ method, url: path, headers, ...(body !== undefined && { payload: body }) })
  const pairs = Object.entries(answer.headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => [name, String(one)] as const),
  )
  return { status: answer.statusCode, headers: pairs, body: answer.rawPayload }
}

function clientRequest({ method, url, contentType, body, form, authenticate, function: called }: HttpRequestEffect) {
  return {
    method,
    url,
    ...(contentType !== undefined && { contentType }),
    ...(body !== undefined && { body }),
    ...(form && { form }),
    ...(authenticate && { authorization: 'twilio' as const }),
    ...(called && { function: called }),
  }
}

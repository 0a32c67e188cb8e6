import type { FastifyRequest } from 'fastify'
import { Refusal } from '../../errors.ts'
import { isLoopback } from '../../loopback.ts'

/** Refuses what a page of somebody else has the browser ask: the browser says where a request comes from, and a page cannot. */
export function refuseForeignPage(request: FastifyRequest, publicUrl: string | undefined): void {
  const { 'sec-fetch-site': site, origin } = request.headers
  const isTyped = site === 'none' && isSafe(request)
  if (typeof site === 'string' && site !== 'same-origin' && !isTyped) throw foreign(site)
  if (origin !== undefined && !isOwn(origin, request, publicUrl)) throw foreign(origin)
}

/** Lets in only what a page of ours asks: who comes with a cookie and wants a change must say where it comes from. */
export function demandOwnPage(request: FastifyRequest, publicUrl: string | undefined): void {
  refuseForeignPage(request, publicUrl)
  const { 'sec-fetch-site': site, origin } = request.headers
  if (!isSafe(request) && site === undefined && origin === undefined) throw foreign('a request without Origin')
}

function isSafe({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** By the host alone: behind a proxy the scheme may be another one here. */
function isOwn(origin: string, { host, headers }: FastifyRequest, publicUrl: string | undefined): boolean {
  if (!URL.canParse(origin)) return false // `null`, for one
  const { protocol, host: found } = new URL(origin)
  const own = [host, headers.host, publicUrl === undefined ? undefined : new URL(publicUrl).host]
  return own.some((one) => one !== undefined && hostIn(`${protocol}//${one}`) === found)
}

/** Without the port that goes without saying. */
function hostIn(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).host : undefined
}

function foreign(found: string): Refusal {
  return new Refusal('foreignPage', `only the pages of this server may ask this; found ${JSON.stringify(found)}`)
}

/** Whether a request was made on this machine, to it by its own name, and by no proxy. */
export function isFromThisMachine(request: FastifyRequest): boolean {
  const { headers, socket } = request
  const isPassedOn = FORWARDED.some((name) => headers[name] !== undefined)
  return !isPassedOn && isByOwnName(request) && isLoopback(bare(socket.remoteAddress ?? ''))
}

/** Whether this machine was asked by a name of its own: one of somebody else, and a page there, can lead here, too. */
export function isByOwnName({ headers: { host = '' } }: FastifyRequest): boolean {
  return URL.canParse(`http://${host}`) && isLoopback(bare(new URL(`http://${host}`).hostname))
}

const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'via'] as const

/** Without the brackets of a URL, and without what stands before an IPv4 address where both kinds are listened for. */
function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1').replace(/^::ffff:/, '')
}

import { randomBytes } from 'node:crypto'
import { fault, type Problem } from '../problem.ts'
import type { Agents } from './agents.ts'
import { AnswerCache } from './answer-cache.ts'
import { type Connection, connectionOf, type Failure } from './connection.ts'
import { CookieJar } from './cookies.ts'
import { hop, type Way } from './hop.ts'
import { refusalOf } from './refusal.ts'
import type { WebAnswer, WebRequest } from './web-request.ts'

/** Carries the carrier's requests to servers, as Twilio does (twiml.md 1.4 and 2.1); one for each call. */
export interface Line {
  ask(request: WebRequest): Promise<WebAnswer | Problem>
}

/** What lines over HTTP share. */
export interface LineSettings {
  /** Signs every request. */
  readonly authToken: string
  readonly agents: Agents
}

/** A line over HTTP: signed forms, cookies, redirects followed as GET without the form, attempts made again. */
export function httpLine(settings: LineSettings): Line {
  const kept = { jar: new CookieJar(), cache: new AnswerCache() }
  return {
    async ask(request) {
      const connection = connectionOf(request.url)
      if ('code' in connection) return connection
      const idempotencyToken = randomBytes(16).toString('hex')
      const deadline = AbortSignal.timeout(connection.totalMs)
      return insist(request, { ...settings, ...kept, connection, idempotencyToken, deadline })
    },
  }
}

/** Tries as often as the connection's settings say. */
async function insist(request: WebRequest, way: Way): Promise<WebAnswer | Problem> {
  const { connection, deadline } = way
  let attempt = await attemptAt(request, way)
  for (let retries = 0; retries < connection.retries && isTriedAgain(attempt, connection); retries += 1) {
    if (deadline.aborted) break
    attempt = await attemptAt(request, way)
  }
  return attempt.result
}

interface Attempt {
  readonly result: WebAnswer | Problem
  /** Where it may be made again. */
  readonly failure?: Failure | undefined
}

function isTriedAgain({ failure }: Attempt, { retriesOn }: Connection): boolean {
  return failure !== undefined && retriesOn.has(failure)
}

async function attemptAt(request: WebRequest, way: Way): Promise<Attempt> {
  try {
    const result = await follow(request, way)
    return { result, failure: 'status' in result ? failureOf(result.status) : undefined }
  } catch (error) {
    const { problem, failure } = refusalOf(error, request.url)
    return { result: problem, failure }
  }
}

function failureOf(status: number): Failure | undefined {
  if (status >= 500) return '5xx'
  return status >= 400 ? '4xx' : undefined
}

const MOST_REDIRECTS = 10

async function follow(first: WebRequest, way: Way): Promise<WebAnswer | Problem> {
  let request = first
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const url = askedUrl(request)
    if (!url) return fault(11100, `${JSON.stringify(request.url)} is no absolute http or https URL`)
    const hopped = await hop(request, url, way)
    if (!('movedTo' in hopped)) return hopped
    request = { ...request, method: 'GET', url: hopped.movedTo, params: {} }
  }
  return fault(11215, `${first.url} redirects more than ${MOST_REDIRECTS} times`)
}

/** The URL that is asked for and signed: parameters of a GET belong to it, what stands behind `#` does not. */
export function askedUrl({ method, url: text, params }: WebRequest): string | undefined {
  const [address = ''] = text.split('#', 1)
  if (!URL.canParse(address) || !/^https?:/i.test(address)) return undefined
  const query = new URLSearchParams(params).toString()
  if (method === 'POST' || query === '') return address
  return `${address}${address.includes('?') ? '&' : '?'}${query}`
}

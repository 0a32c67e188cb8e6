import type { HttpRequestEffect } from '../engine/effect.ts'
import type { HttpOutcome } from '../engine/event.ts'
import type { World } from '../runtime/perform.ts'
import type { WebAnswer, WebRequest } from '../simulator/line/web-request.ts'
import { fault, type Problem } from '../simulator/problem.ts'
import type { Scenario } from './scenario.ts'
import type { Service, ServiceAnswer } from './service.ts'

/** A request of a flow, and what came of it. */
export interface Asked {
  readonly request: HttpRequestEffect
  readonly outcome: HttpOutcome
  /** Who answered; nobody where no service fits, and the world is shut out. */
  readonly by: 'service' | 'own-function' | 'world' | 'nobody'
}

type Came = Omit<Asked, 'request'>

/** Stands for the services and functions that a flow asks. */
export class Services {
  readonly #stands: readonly Stand[]
  readonly #allowed: boolean
  readonly #tell: (asked: Asked) => void

  constructor({ services, network }: Pick<Scenario, 'services' | 'network'>, tell: (asked: Asked) => void) {
    this.#stands = services.map((service) => new Stand(service))
    this.#allowed = network === 'allow'
    this.#tell = tell
  }

  /** Answers as the first service that fits does. Where none does, functions of the project are called, and the world is asked where that is allowed. */
  async ask(request: HttpRequestEffect, world: World): Promise<HttpOutcome> {
    const came = this.#stood(request) ?? (await this.#found(request, world))
    this.#tell({ request, ...came })
    return came.outcome
  }

  #stood(request: HttpRequestEffect): Came | undefined {
    const stand = this.#stands.find((one) => one.fits(request))
    return stand && { outcome: stand.answer(), by: 'service' }
  }

  async #found(request: HttpRequestEffect, world: World): Promise<Came> {
    if (this.#allowed) return { outcome: await world.ask(request), by: 'world' }
    const outcome = await world.here(request)
    return outcome ? { outcome, by: 'own-function' } : { outcome: unanswered(request), by: 'nobody' }
  }

  /** Answers the carrier where TwiML leads elsewhere: to another application, a callback, or media, of which there is always some. */
  async answer({ method, url, params, wants }: WebRequest): Promise<WebAnswer | Problem> {
    if (!/^https?:/.test(url) || !URL.canParse(url))
      return fault(11100, `${JSON.stringify(url)} is no absolute http or https URL`)
    const request = { type: 'http-request', method, url, form: Object.entries(params) } as const
    if (wants === 'media' && !this.#stands.some((one) => one.fits(request))) return { ...SOME_MEDIA, url }
    const outcome = await this.ask(request, NOTHING)
    if (!outcome.ok) return fault(CODES[outcome.reason] ?? 11200, outcome.message)
    return { status: outcome.status, contentType: outcome.contentType, body: outcome.body, url }
  }
}

/** A world in which nothing answers: what the carrier asks of this server goes another way. */
const NOTHING: World = { ask: async (request) => unanswered(request), here: () => undefined }

/** Nobody wants to say where each piece of music comes from. */
const SOME_MEDIA = { status: 200, contentType: 'audio/mpeg', body: '' } as const

/** What the carrier makes of an answer that never comes (twiml.md 10). */
const CODES: Readonly<Record<string, number>> = { network: 11205, 'too-large': 11750 }

/** One service of a scenario, and how often it has answered. */
class Stand {
  readonly #service: Service
  readonly #pattern: RegExp
  #answered = 0

  constructor(service: Service) {
    this.#service = service
    this.#pattern = patternOf(service.url)
  }

  fits({ method, url }: HttpRequestEffect): boolean {
    const { method: wanted = method, times = Number.POSITIVE_INFINITY } = this.#service
    return wanted === method && this.#answered < times && this.#pattern.test(asSent(url))
  }

  answer(): HttpOutcome {
    const { answer = [], fails } = this.#service
    const next = answer[Math.min(this.#answered, answer.length - 1)] ?? { fails }
    this.#answered += 1
    return outcomeOf(next)
  }
}

/** `*` stands for anything; where the pattern has no query, any query fits. */
function patternOf(written: string): RegExp {
  const url = asSent(written)
  const pieces = url.split('*').map((piece) => piece.replaceAll(/[.+?^${}()|[\]\\/]/g, '\\$&'))
  return new RegExp(`^${pieces.join('.*')}${url.includes('?') ? '' : '(\\?.*)?'}$`, 's')
}

/** Hosts are the same in capitals, and a host alone is its root: flows and scenarios write them as they like. */
function asSent(url: string): string {
  const [, origin, rest = ''] = /^(https?:\/\/[^/?#]+)(.*)$/is.exec(url) ?? []
  if (origin === undefined) return url
  return origin.toLowerCase() + (rest.startsWith('/') || origin.endsWith('*') ? '' : '/') + rest
}

function outcomeOf({ status = 200, json, body = '', contentType, headers = {}, fails }: ServiceAnswer): HttpOutcome {
  if (fails) return { ok: false, reason: fails, message: MESSAGES[fails] }
  const type = contentType ?? (json === undefined ? 'text/plain' : 'application/json')
  const text = json === undefined ? body : JSON.stringify(json)
  return { ok: true, status, contentType: type, headers: { 'content-type': type, ...headers }, body: text }
}

const MESSAGES = {
  timeout: 'no whole answer within 10 s',
  network: 'the connection was refused',
  'too-large': 'the answer has more than 65536 bytes',
} as const

function unanswered({ method, url }: HttpRequestEffect): HttpOutcome {
  return { ok: false, reason: 'network', message: `no service of the scenario fits ${method} ${url}` }
}

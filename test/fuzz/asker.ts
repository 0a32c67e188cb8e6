import { Agent, type IncomingMessage, request } from 'node:http'
import { signatureOf } from '../../src/signature/signature.ts'
import type { Dice } from '../walk/dice.ts'
import type { Shape } from './corpus.ts'
import { ACCOUNT, TOKEN } from './home.ts'

export interface Answer {
  readonly status: number
  readonly retryAfter: string | undefined
}

/** Asks a server, now as the carrier, now with credentials, now as a stranger; remembers the sids it is told. */
export class Asker {
  readonly #origin: string
  readonly #agent = new Agent({ keepAlive: true })
  readonly #sids: string[] = []

  constructor(origin: string) {
    this.#origin = origin
  }

  /** Resolves when the answer is in; rejects where there is none. */
  ask(shape: Shape, dice: Dice): Promise<Answer> {
    const path = shape.path.replaceAll(':sid', () => dice.draw(this.#sids) ?? NOBODY)
    const { method, body = '' } = shape
    return new Promise((resolve, reject) => {
      const { hostname, port, host } = new URL(this.#origin)
      const usual = { host, ...this.#credentials({ ...shape, path }, dice), ...framing(shape) }
      const headers = withHeaders(usual, shape.headers ?? [])
      const asked = request({ hostname, port, method, path, headers, agent: this.#agent, timeout: PATIENCE_MS })
      asked.on('response', (response) => resolve(this.#read(response)))
      asked.on('timeout', () => asked.destroy(new Error(`no answer within ${PATIENCE_MS} ms`)))
      asked.on('error', reject).end(method === 'GET' || method === 'HEAD' ? '' : body)
    })
  }

  /** Whether who shows the right credentials is let in. */
  async isLetIn(): Promise<boolean> {
    const { ok, body } = await fetch(`${this.#origin}/v2/Flows?PageSize=1`, { headers: { authorization: BASIC } })
    await body?.cancel()
    return ok
  }

  close(): void {
    this.#agent.destroy()
  }

  async #read(response: IncomingMessage): Promise<Answer> {
    const answer = { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] }
    if (response.headers['content-type']?.startsWith('text/event-stream'))
      response.destroy() // has no end
    else this.#remember((await response.toArray()).join(''))
    return answer
  }

  #remember(text: string): void {
    this.#sids.push(...(text.match(SID) ?? []).slice(0, 5))
    this.#sids.splice(0, this.#sids.length - MOST_SIDS)
  }

  #credentials({ path, type, body = '' }: Shape, dice: Dice): Record<string, string> {
    if (dice.chance(STRANGERS)) return {}
    const form = type === 'form' ? [...new URLSearchParams(body)] : []
    return {
      authorization: BASIC,
      'x-twilio-signature': signatureOf(TOKEN, this.#origin + path, form),
      'i-twilio-idempotency-token': dice.hex(8),
    }
  }
}

const BASIC = `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}`
const SID = /\b[A-Z]{2}[0-9a-f]{32}\b/g
const NOBODY = `FN${'0'.repeat(32)}`
const MOST_SIDS = 200
const STRANGERS = 0.1
/** The carrier's is 15 s. */
const PATIENCE_MS = 15_000

const TYPES = { form: 'application/x-www-form-urlencoded', json: 'application/json', text: 'text/plain' } as const

/** As they are written to the wire: those that every request has, but for what others stand for or are added to. */
function withHeaders(usual: Readonly<Record<string, string>>, others: NonNullable<Shape['headers']>): string[] {
  const taken = new Set(others.map(([name]) => name.toLowerCase()))
  const kept = Object.entries(usual).filter(([name]) => !taken.has(name))
  return [...kept, ...others].flat()
}

function framing({ type, body, method }: Shape): Record<string, string> {
  if (method === 'GET' || method === 'HEAD' || body === undefined) return {}
  return { ...(type && { 'content-type': TYPES[type] }), 'content-length': String(Buffer.byteLength(body)) }
}

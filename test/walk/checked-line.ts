import { setTimeout as sleep } from 'node:timers/promises'
import type { Parts } from '../../src/parts.ts'
import type { Line } from '../../src/simulator/line/line.ts'
import type { WebAnswer, WebRequest } from '../../src/simulator/line/web-request.ts'
import { checkTwiml } from '../support/twiml-check.ts'
import type { Dice } from './dice.ts'
import type { Execution } from './rest.ts'

/** What a line needs to know of the walk that it serves. */
export interface LineParts {
  readonly parts: Parts
  readonly thrown: Dice
  /** Answers in parts are expected: then what is answered depends on when it is asked. */
  readonly hurried: boolean
  readonly verbose: boolean
  /** The execution that the walk is about. */
  find(): Promise<Execution | undefined>
  /** Told the key under which the server keeps its answer. */
  onDelivered(key: string): Promise<void>
}

/** The carrier of a walk: judges every answer, and delivers things twice, late and at once as carriers do. */
export class CheckedLine implements Line {
  /** What was wrong, with the request that led to it. */
  readonly faults: string[] = []
  readonly #setting: LineParts
  readonly #trail: WebRequest[] = []
  #underWay = 0
  #lost = 0

  constructor(setting: LineParts) {
    this.#setting = setting
  }

  /** How many answers came in parts. */
  get inParts(): number {
    return this.#trail.filter(({ url }) => url.includes('TrunklineTurn=')).length
  }

  /** Whether news of a call or of a message were lost on their way. */
  get hasLost(): boolean {
    return this.#lost > 0
  }

  /** Enough for one walk. */
  get isTired(): boolean {
    return this.#trail.length >= 60 || this.faults.length > 0
  }

  async ask(request: WebRequest): Promise<WebAnswer> {
    this.#underWay += 1
    return this.#answerTo(request).finally(() => {
      this.#underWay -= 1
    })
  }

  async #answerTo(request: WebRequest): Promise<WebAnswer> {
    if (request.wants) return this.#media(request)
    if (!request.url.startsWith(`${ORIGIN}/`)) return this.#elsewhere(request)
    if (isReport(request) && this.#setting.thrown.chance(0.05)) return this.#lose(request)
    this.#trail.push(request)
    const answer = await this.#deliver(request)
    if (isLive(request) && EMPTY.test(answer.body)) await this.#checkSilence(request)
    if (this.#setting.thrown.chance(0.15)) await this.#deliverStale()
    if (this.#setting.thrown.chance(0.02)) await this.#deliverRubbish()
    return answer
  }

  /** The request that began it all comes once more, when all is over. */
  async beginAgain(): Promise<void> {
    const [first] = this.#trail
    const before = await this.#setting.find()
    if (!first || !before) return
    await this.#ask(first, undefined)
    await this.#setting.parts.settled()
    const after = await this.#setting.find()
    if (after?.sid !== before.sid) this.fault('a repeated first request began a second execution', first)
  }

  /** Notes a fault found elsewhere; the last request led to it. */
  fault(what: string, request: WebRequest | undefined = this.#trail.at(-1)): void {
    this.faults.push(`${what} — after ${request ? shown(request) : 'no request'}`)
  }

  #lose({ url }: WebRequest): WebAnswer {
    this.#lost += 1
    return { status: 204, contentType: '', body: '', url }
  }

  /** An empty document hangs up: the flow must have nothing more to say. */
  async #checkSilence(request: WebRequest): Promise<void> {
    await this.#setting.parts.settled()
    const execution = await this.#setting.find()
    const goesOn =
      execution?.status === 'active' && execution.call?.live && execution.waiting?.for.includes('continued')
    if (goesOn) this.fault('a call is hung up in the middle of the flow', request)
  }

  #deliver(request: WebRequest): Promise<WebAnswer> {
    const { thrown } = this.#setting
    const kind = thrown.below(100)
    if (kind < 8) return this.#twice(request, thrown.hex(24))
    if (kind < 14) return this.#again(request, thrown.hex(24))
    if (kind < 20 && isOfOneVisit(request)) return this.#twice(request, undefined)
    return this.#ask(request, kind < 80 ? thrown.hex(24) : undefined)
  }

  /** Two attempts at the same time. */
  async #twice(request: WebRequest, token: string | undefined): Promise<WebAnswer> {
    const [one, other] = await Promise.all([this.#ask(request, token), this.#ask(request, token)])
    if (one.body !== other.body && (token || !this.#setting.hurried)) this.#differs(request, one, other)
    return one
  }

  /** An attempt after the first was answered. */
  async #again(request: WebRequest, token: string): Promise<WebAnswer> {
    const one = await this.#ask(request, token)
    const other = await this.#ask(request, token)
    if (one.body !== other.body) this.#differs(request, one, other)
    return other
  }

  #differs(request: WebRequest, one: WebAnswer, other: WebAnswer): void {
    this.fault(`a repeated delivery is answered differently: ${one.body} and ${other.body}`, request)
  }

  /** A request of a visit that is over comes once more. */
  async #deliverStale(): Promise<void> {
    const { parts, thrown } = this.#setting
    await parts.settled()
    const before = await this.#setting.find()
    const at = before?.frames.at(-1)?.step ?? ''
    const old = thrown.draw(this.#trail.filter((request) => isOfOneVisit(request) && !request.url.includes(at)))
    if (!before || !old) return
    const isAlone = this.#underWay === 1
    const asked = this.#trail.length
    await this.#ask(old, undefined)
    await parts.settled()
    if (!isAlone || this.#trail.length > asked) return // another request may have moved it
    const after = await parts.store.execution(before.sid)
    const moved = after?.steps !== before.steps || after.frames.at(-1)?.step !== at || after.status !== before.status
    if (moved) this.fault('a stale request moved the execution', old)
  }

  async #deliverRubbish(): Promise<void> {
    const { thrown } = this.#setting
    const url = thrown.pick([
      '/flows/nobody',
      '/flows/%00',
      '/v1/Accounts/AC/Flows/FW',
      '/flows/a?x=%ff%zz',
      '/nowhere',
    ])
    await this.#ask(
      { method: thrown.pick(['GET', 'POST']), url: ORIGIN + url, params: thrown.pick([{}, { Body: '\u0000' }]) },
      undefined,
      true,
    )
  }

  /** Any other server: sends the call or message back, or keeps it. */
  async #elsewhere({ url, params }: WebRequest): Promise<WebAnswer> {
    const hook = this.#trail[0]?.url ?? ORIGIN
    const back = `<Redirect>${hook}?FlowEvent=return&amp;token=abc</Redirect>`
    const body = this.#setting.thrown.chance(0.7) ? back : params.CallSid ? '<Hangup/>' : ''
    return { status: 200, contentType: 'text/xml', body: `<Response>${body}</Response>`, url }
  }

  /** Most of what is played is there. */
  async #media({ url }: WebRequest): Promise<WebAnswer> {
    const status = this.#setting.thrown.chance(0.9) ? 200 : 404
    return { status, contentType: 'audio/mpeg', body: '', url }
  }

  async #ask(request: WebRequest, token: string | undefined, isRubbish = false): Promise<WebAnswer> {
    const late = new AbortController()
    const inTime = sleep(PATIENCE_MS, undefined, { signal: late.signal }).catch(() => undefined)
    const response = await Promise.race([this.#inject(request, token), inTime])
    late.abort()
    if (!response) {
      this.fault(`no answer within ${PATIENCE_MS / 1000} s`, request)
      return { status: 204, contentType: '', body: '', url: request.url }
    }
    await this.#setting.onDelivered(token ? `token/${token}` : `message/${request.params.MessageSid}`)
    const [contentType = ''] = String(response.headers['content-type'] ?? '').split(';', 1)
    const answer = { status: response.statusCode, contentType, body: response.body, url: request.url }
    if (this.#setting.verbose) console.log(`${shown(request)}\n  ${answer.status} ${answer.body}`)
    for (const flaw of flawsOf(request, answer, isRubbish)) this.fault(flaw, request)
    return answer
  }

  #inject({ method, url, params }: WebRequest, token: string | undefined) {
    const { pathname, search } = new URL(url)
    const form = new URLSearchParams(params).toString()
    const headers = { host: HOST, ...(token && { 'i-twilio-idempotency-token': token }) }
    const { server } = this.#setting.parts
    if (method === 'GET')
      return server.inject({ method, url: `${pathname}${search}${search ? '&' : '?'}${form}`, headers })
    const type = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
    return server.inject({ method, url: pathname + search, headers: { ...headers, ...type }, payload: form })
  }
}

const HOST = 'flows.example'
/** Where the server under test is reached; what is paid may go to https only. */
export const ORIGIN = `https://${HOST}`

/** Twilio gives up after 15 s. */
const PATIENCE_MS = 14_000

/** A document without verbs. */
const EMPTY = /<Response\s*\/>|<Response>\s*<\/Response>/

const APOLOGY = 'application error has occurred'

function flawsOf(request: WebRequest, { status, contentType, body }: WebAnswer, isRubbish: boolean): string[] {
  if (status >= 500) return [`answered with ${status}: ${body}`]
  if (isRubbish) return status < 400 ? [`rubbish was answered with ${status}: ${body}`] : []
  if (request.params.EventType !== undefined)
    return status === 204 ? [] : [`a message of a conversation was answered with ${status}`]
  if (isReport(request)) return status > 204 ? [`a status callback was answered with ${status}`] : []
  if (status !== 200) return [`answered with ${status}: ${body}`]
  if (!/^(text|application)\/xml$/.test(contentType))
    return [`answered with the content type ${JSON.stringify(contentType)}`]
  if (body.includes(APOLOGY)) return [`an error of ours was answered with an apology: ${body}`]
  return checkTwiml(body, request.params.CallSid ? 'voice' : 'message').map((flaw) => `${flaw} in ${body}`)
}

/** News that nothing of the carrier's hangs on. */
function isReport({ params }: WebRequest): boolean {
  return params.CallbackSource !== undefined || params.MessageStatus !== undefined
}

function isLive({ params }: WebRequest): boolean {
  return params.CallSid !== undefined && params.CallStatus !== 'completed'
}

/** Whether its URL was made for one visit of one widget, or for the rest of one answer: delivered again it must move nothing. */
function isOfOneVisit({ url }: WebRequest): boolean {
  return url.includes('TrunklineStep=') || url.includes('TrunklineTurn=')
}

function shown({ method, url, params }: WebRequest): string {
  const told = Object.entries(params).filter(([name]) => TELLING.test(name))
  return `${method} ${url} ${JSON.stringify(Object.fromEntries(told))}`.slice(0, 1_000)
}

/** The rest of the parameters is the same in every request. */
const TELLING =
  /^(CallSid|MessageSid|CallStatus|MessageStatus|Body|Digits|SpeechResult|Dial|Recording|Queue|Result|VirtualAgent|Refer|FlowEvent)/

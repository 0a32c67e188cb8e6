import { parseTwiml } from '../../src/simulator/document.ts'
import { type Element, elementsIn, rawText } from '../../src/simulator/element.ts'
import { geo, type Line, methodOf, type Params, type Request, type Subscriber } from './carrier.ts'

/** What happens while a verb runs. Where an act makes no sense, nothing happens. */
export type Act =
  /** Hears it out, stays silent. */
  | { readonly do: 'listen' }
  | { readonly do: 'press'; readonly keys: string }
  | { readonly do: 'speak'; readonly text: string }
  /** Leaves so many seconds of voice for a Record. */
  | { readonly do: 'record'; readonly seconds: number; readonly key?: string }
  /** The far end of a Dial, Enqueue, Pay or Connect is done, with this outcome. */
  | { readonly do: 'finish'; readonly params: Params }
  /** The order of the number's status callback and the verb's last request is not guaranteed. */
  | { readonly do: 'hang-up'; readonly callback?: Order }

/** When the status callback comes, seen from the verb's last request. */
export type Order = 'first' | 'meanwhile' | 'last'

/** One call as Twilio makes it: plays TwiML verb by verb and makes the requests that it leads to (twiml.md 3). */
export class Call {
  /** Every text that was said to the caller. */
  readonly heard: string[] = []
  readonly sid: string
  readonly #line: Line
  readonly #subscriber: Subscriber
  #status = 'ringing'
  #verbs: readonly Element[] = []
  #url: string

  constructor(line: Line, subscriber: Subscriber) {
    this.#line = line
    this.#subscriber = subscriber
    this.#url = subscriber.webhook
    this.sid = `CA${subscriber.id}`
  }

  get isOver(): boolean {
    return this.#status === 'completed'
  }

  /** The verb that is up. */
  get verb(): Element | undefined {
    return this.#verbs[0]
  }

  async dial(): Promise<void> {
    await this.#fetch({ url: this.#subscriber.webhook, method: 'POST', params: {} })
  }

  /** Lets this happen at the verb that is up. */
  async act(act: Act): Promise<void> {
    const [verb, ...rest] = this.#verbs
    if (!verb) return this.#end()
    this.#verbs = rest
    this.heard.push(...saidBy(verb))
    if (act.do === 'hang-up') return this.#end(partingRequest(verb), act.callback)
    if (verb.name === 'Hangup' || verb.name === 'Reject') return this.#end()
    const params = outcomeOf(verb, act)
    if (!params) return rest.length === 0 ? this.#end() : undefined
    await this.#fetch(nextRequest(verb, params, this.#url))
  }

  /** Plays a story: each act at the next verb that takes something from the caller or the far end, then listens to the end. */
  async tell(...acts: readonly Act[]): Promise<void> {
    const story = [...acts]
    await this.dial()
    for (let verbs = 0; verbs < 200 && !this.isOver; verbs += 1) {
      const takes = this.verb !== undefined && !HEARD_ONLY.has(this.verb.name)
      await this.act((takes && story.shift()) || { do: 'listen' })
    }
  }

  async #fetch({ url, method, params }: Request): Promise<void> {
    const answer = await this.#line({ url, method, params: { ...this.#standard(), ...params } })
    this.#status = 'in-progress'
    this.#url = url
    this.#verbs = answer.status === 200 ? verbsIn(answer.body) : []
    if (this.#verbs.length === 0) await this.#end()
  }

  async #end(last?: Request, order: Order = 'last'): Promise<void> {
    this.#status = 'completed'
    this.#verbs = []
    const action = last && {
      ...last,
      url: new URL(last.url, this.#url).href,
      params: { ...this.#standard(), ...last.params },
    }
    const callback = {
      method: 'POST',
      url: this.#subscriber.webhook,
      params: { ...this.#standard(), ...ENDED },
    } as const
    const requests = [callback, ...(action ? [action] : [])]
    if (order === 'meanwhile') await Promise.all(requests.map((request) => this.#line(request)))
    else for (const request of order === 'first' ? requests : requests.toReversed()) await this.#line(request)
  }

  #standard(): Params {
    const { accountSid, from, to, extra } = this.#subscriber
    const ends = { From: from, Caller: from, To: to, Called: to }
    const status = { CallSid: this.sid, AccountSid: accountSid, CallStatus: this.#status, Direction: 'inbound' }
    return { ...status, ...ends, ...geo(Object.keys(ends)), ApiVersion: '2010-04-01', ...extra }
  }
}

/** Verbs at which the caller can only listen or hang up. */
const HEARD_ONLY: ReadonlySet<string> = new Set([
  'Say',
  'Play',
  'Pause',
  'Redirect',
  'Hangup',
  'Reject',
  'Start',
  'Stop',
])

const ENDED = {
  CallStatus: 'completed',
  CallDuration: '12',
  Duration: '1',
  CallbackSource: 'call-progress-events',
  SequenceNumber: '0',
}

/** The parameters that a verb leads on with, or nothing where the next verb follows (twiml.md 3.1). */
function outcomeOf(verb: Element, act: Act): Params | undefined {
  if (verb.name === 'Redirect') return {}
  if (verb.name === 'Gather') return gathered(verb, act)
  if (verb.name === 'Record')
    return act.do === 'record' && act.seconds > 0 ? recording(act.seconds, act.key ?? '') : undefined
  const ending = ENDINGS[verb.name]
  if (!ending || (verb.attributes.action === undefined && verb.name !== 'Pay')) return undefined
  return act.do === 'finish' ? act.params : ending
}

function gathered({ attributes }: Element, act: Act): Params | undefined {
  const { input = 'dtmf', finishOnKey = '#', numDigits, language = 'en-US', actionOnEmptyResult } = attributes
  const kinds = input.split(/\s+/)
  if (act.do === 'press' && kinds.includes('dtmf')) {
    const { digits, finishedOn } = typed(act.keys, finishOnKey, Number(numDigits ?? 'Infinity'))
    if (digits !== '') return { Digits: digits, FinishedOnKey: finishedOn, msg: 'Gather End' }
  }
  if (act.do === 'speak' && kinds.includes('speech'))
    return { SpeechResult: act.text, Confidence: '0.91833675', Language: language }
  return actionOnEmptyResult === 'true' ? { Digits: '', FinishedOnKey: '' } : undefined
}

function typed(keys: string, finishOnKey: string, most: number): { digits: string; finishedOn: string } {
  const end = finishOnKey === '' ? -1 : [...keys].findIndex((key) => finishOnKey.includes(key))
  const digits = (end < 0 ? keys : keys.slice(0, end)).slice(0, most)
  return { digits, finishedOn: end >= 0 && end < most ? keys.charAt(end) : '' }
}

function recording(seconds: number, key: string): Params {
  const sid = `RE${'a'.repeat(32)}`
  const url = `https://api.twilio.com/2010-04-01/Accounts/AC${'0'.repeat(32)}/Recordings/${sid}`
  return { RecordingUrl: url, RecordingSid: sid, RecordingDuration: String(seconds), Digits: key }
}

/** How a verb with a far end ends where nothing else is said. */
const ENDINGS: Readonly<Record<string, Params>> = {
  Dial: { DialCallStatus: 'completed', DialCallSid: `CA${'d'.repeat(32)}`, DialCallDuration: '7', DialBridged: 'true' },
  Enqueue: { QueueResult: 'bridged', QueueSid: `QU${'0'.repeat(32)}`, QueueTime: '5' },
  Pay: { Result: 'success', PaymentToken: 'token', PaymentCardNumber: 'xxxx-xxxxxx-x4001', ExpirationDate: '0530' },
  Connect: { VirtualAgentStatus: 'completed', VirtualAgentProvider: 'provider', VirtualAgentProviderData: '{}' },
  Refer: { ReferCallStatus: 'in-progress', ReferSipResponseCode: '202' },
  Sms: { SmsSid: `SM${'0'.repeat(32)}`, SmsStatus: 'sent' },
}

/** What is still asked when the caller hangs up during a verb; its answer is not played (twiml.md 6.2). */
function partingRequest(verb: Element): Request | undefined {
  const params = PARTINGS[verb.name]
  const { action } = verb.attributes
  return params && action ? { url: action, method: methodOf(verb.attributes.method), params } : undefined
}

const PARTINGS: Readonly<Record<string, Params>> = {
  Record: recording(3, 'hangup'),
  Dial: { DialCallStatus: 'canceled' },
  Enqueue: { QueueResult: 'hangup' },
  Refer: { ReferCallStatus: 'canceled' },
  Pay: { Result: 'caller-hung-up' },
}

/** A verb without an action goes back to the document it stands in; so does a Redirect without a URL. */
function nextRequest(verb: Element, params: Params, current: string): Request {
  const { name, attributes } = verb
  const target = (name === 'Redirect' ? rawText(verb).trim() : attributes.action) || current
  return { url: new URL(target, current).href, method: methodOf(attributes.method), params }
}

function saidBy(verb: Element): string[] {
  return verb.name === 'Say' ? [rawText(verb)] : elementsIn(verb).flatMap(saidBy)
}

/** The verbs of a document; whether anything is wrong with it is for the checker to say. */
export function verbsIn(xml: string): readonly Element[] {
  const document = parseTwiml(xml, undefined)
  return 'code' in document ? [] : document.verbs
}

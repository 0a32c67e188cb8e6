import { type Element, elementsIn, rawText } from '../../src/simulator/element.ts'
import { geo, type Line, methodOf, type Params, type Request, type Subscriber } from './carrier.ts'
import { verbsIn } from './phone.ts'

/** A message that a phone received. */
export interface Received {
  readonly body: string
  readonly media: readonly string[]
  readonly statusCallback?: string | undefined
}

/** One phone that texts, as Twilio delivers it: follows Redirects with the same message (twiml.md 5). */
export class Texter {
  readonly received: Received[] = []
  readonly #line: Line
  readonly #subscriber: Subscriber
  #sent = 0

  constructor(line: Line, subscriber: Subscriber) {
    this.#line = line
    this.#subscriber = subscriber
  }

  async text(body: string, extra: Params = {}): Promise<void> {
    const params = { ...this.#standard(body), ...extra }
    let request: Request | undefined = { method: 'POST', url: this.#subscriber.webhook, params }
    for (let documents = 0; documents < 50 && request; documents += 1) request = await this.#follow(request)
  }

  /** Reports what became of a message. */
  async report(statusCallback: string, status: string, extra: Params = {}): Promise<void> {
    const { accountSid, from, to } = this.#subscriber
    const sid = `SM${'f'.repeat(32)}`
    const parties = { From: to, To: from, AccountSid: accountSid, ApiVersion: '2010-04-01' }
    const params = { MessageSid: sid, SmsSid: sid, MessageStatus: status, SmsStatus: status, ...parties, ...extra }
    await this.#line({ method: 'POST', url: statusCallback, params })
  }

  async #follow(request: Request): Promise<Request | undefined> {
    const { status, body } = await this.#line(request)
    const verbs = status === 200 ? verbsIn(body) : []
    this.received.push(...verbs.filter(({ name }) => name === 'Message').map(receivedFrom))
    const redirect = verbs.find(({ name }) => name === 'Redirect')
    if (!redirect) return undefined
    const url = new URL(rawText(redirect).trim() || request.url, request.url).href
    return { ...request, url, method: methodOf(redirect.attributes.method) }
  }

  #standard(body: string): Params {
    this.#sent += 1
    const { accountSid, from, to, id, extra } = this.#subscriber
    const sid = `SM${id.slice(0, 28)}${String(this.#sent).padStart(4, '0')}`
    const sids = { MessageSid: sid, SmsSid: sid, SmsMessageSid: sid, AccountSid: accountSid, SmsStatus: 'received' }
    const content = { Body: body, NumMedia: '0', NumSegments: '1', ApiVersion: '2010-04-01' }
    return { ...sids, From: from, To: to, ...content, ...geo(['From', 'To']), ...extra }
  }
}

function receivedFrom(message: Element): Received {
  const named = (wanted: string) =>
    elementsIn(message)
      .filter(({ name }) => name === wanted)
      .map(rawText)
  const { statusCallback } = message.attributes
  return { body: named('Body').join('') || rawText(message), media: named('Media'), statusCallback }
}

import type { Kind } from './compare-series.ts'
import type { WantedMessage, WantedRequest } from './expectation.ts'
import type { Message } from './ledger.ts'
import type { Asked } from './services.ts'
import { compareValue, shown } from './values.ts'
import { endOf, inWords, type WantedText } from './wanted-text.ts'

/** Texts. */
export const plainText: Kind<WantedText, string> = {
  endIn: endOf,
  unwanted: (wanted) => (wanted.kind === 'not' ? wanted.wanted : undefined),
  inWords,
  show: (text) => text,
  textOf,
  textIn: (text) => text,
}

function textOf(wanted: WantedText): string | undefined {
  return wanted.kind === 'contains' || wanted.kind === 'exact' ? wanted.text : undefined
}

/** Names, which are the same or not. */
export const exactly: Kind<string, string> = {
  endIn: (name, came, from) => (from === 0 && name === came ? came.length : undefined),
  unwanted: () => undefined,
  inWords: (name) => name,
  show: (name) => name,
  textOf: () => undefined,
  textIn: (name) => name,
}

/** Messages to somebody; those to others count only where they are asked for. */
export function messagesTo(address: string, addressOf: (name: string) => string): Kind<WantedMessage, Message> {
  return {
    endIn({ body, media = [], from: sender, to }, message, from) {
      if (message.to !== (to === undefined ? address : addressOf(to))) return undefined
      if (sender !== undefined && addressOf(sender) !== message.from) return undefined
      if (!media.every((one) => message.media.some((url) => endOf(one, url) !== undefined))) return undefined
      return body ? endOf(body, message.body, from) : whole(message.body)
    },
    unwanted: (wanted) => (wanted.body?.kind === 'not' ? { ...wanted, body: wanted.body.wanted } : undefined),
    inWords: ({ body, media = [], from, to }) =>
      line(
        to && `to ${to}:`,
        from && `from ${from}:`,
        body && inWords(body),
        ...media.map((one) => `[${inWords(one)}]`),
      ),
    show: ({ to, body, media }) => line(to !== address && `to ${to}:`, body, ...media.map((url) => `[${url}]`)),
    textOf: ({ body }) => body && textOf(body),
    textIn: ({ body }) => body,
  }
}

/** The offset behind a text: nothing else is found in it. */
function whole({ length }: string): number {
  return length + 1
}

function line(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(' ')
}

/** Requests of a flow. */
export const requests: Kind<WantedRequest, Asked> = {
  endIn(wanted, { request }, from) {
    const { method, url } = request
    if (wanted.line) return endOf(wanted.line, `${method} ${url}`, from)
    return from === 0 && fits(wanted, request) ? whole(`${method} ${url}`) : undefined
  },
  unwanted: ({ line }) => (line?.kind === 'not' ? { line: line.wanted } : undefined),
  inWords: ({ line: text, method, url, body, json, form }) =>
    line(
      text && inWords(text),
      method,
      url && inWords(url),
      body && inWords(body),
      json !== undefined && shown(json),
      form && shown(form),
    ),
  show: requestLine,
  textOf: ({ line }) => line && textOf(line),
  textIn: ({ request: { method, url } }) => `${method} ${url}`,
}

function fits({ method, url, body, json, form }: WantedRequest, request: Asked['request']): boolean {
  return (
    (method === undefined || method === request.method) &&
    (!url || endOf(url, request.url) !== undefined) &&
    (!body || endOf(body, request.body ?? '') !== undefined) &&
    (json === undefined || compareValue(json, jsonOf(request.body), []).length === 0) &&
    (!form || compareValue(form, Object.fromEntries(request.form ?? []), []).length === 0)
  )
}

/** A request and what came of it, as one line. */
export function requestLine({ request: { method, url, body, form }, outcome, by }: Asked): string {
  const sent = form ? formText(form) : body
  const came =
    by === 'nobody' ? 'no service of the scenario fits' : outcome.ok ? String(outcome.status) : outcome.reason
  return line(method, url, sent, '→', came)
}

function formText(form: NonNullable<Asked['request']['form']>): string {
  const isOfCarrier = form.some(([name]) => name === 'ApiVersion')
  const told = form.filter(([name]) => !isOfCarrier || !STANDARD.test(name))
  return isOfCarrier && told.length === 0 ? '' : shown(Object.fromEntries(told))
}

/** What the carrier sends with every request, which says nothing of this one. */
const STANDARD =
  /^((Account|Call|Message|Sms|SmsMessage)Sid|ApiVersion|Direction|(Call|Sms)Status|(From|To|Caller|Called)(City|State|Zip|Country)?)$/

function jsonOf(text = ''): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // no JSON: nothing that is wanted is in it
  }
}

import type { Leg } from '../call/leg.ts'
import { jsonObjectIn } from '../json-object.ts'
import type { Params } from '../line/web-request.ts'

/** What a server says in a relayed talk (twiml.md 4.10). */
export type RelayMessage =
  | { readonly type: 'text'; readonly token: string; readonly last: boolean; readonly interruptible?: string }
  | { readonly type: 'play'; readonly source: string }
  | { readonly type: 'sendDigits'; readonly digits: string }
  | { readonly type: 'language'; readonly transcriptionLanguage?: string }
  | { readonly type: 'end'; readonly handoffData: string }
  /** The socket is closed without an end. */
  | { readonly type: 'closed' }

/** The first message to a server: whose call it is that it talks with. */
export function setupMessage({ ground, setup, status, sid }: Leg, session: Session): object {
  return {
    type: 'setup',
    accountSid: ground.accountSid,
    parentCallSid: setup.parentSid ?? '',
    callSid: sid,
    from: setup.from,
    to: setup.to,
    forwardedFrom: '',
    callerName: '',
    direction: setup.direction,
    callType: 'PSTN',
    callStatus: status.toUpperCase(),
    ...session,
  }
}

interface Session {
  readonly sessionId: string
  readonly customParameters: Params
}

/** Reads a message; answers in one sentence what is wrong with it where it is none. */
export function readRelayMessage(text: string): RelayMessage | string {
  const message = jsonObjectIn(text)
  if (!message) return `${shown(text)} is no JSON object`
  const { type } = message
  switch (type) {
    case 'text':
      return typeof message.token === 'string' ? readText(message, message.token) : lacks(text, 'a text token')
    case 'play':
      return typeof message.source === 'string' ? { type, source: message.source } : lacks(text, 'a source')
    case 'sendDigits':
      return typeof message.digits === 'string' ? { type, digits: message.digits } : lacks(text, 'digits')
    case 'language':
      return readLanguage(message)
    case 'end':
      return { type, handoffData: typeof message.handoffData === 'string' ? message.handoffData : '' }
    default:
      return `${shown(text)} is no message; expected text, play, sendDigits, language or end`
  }
}

function readText({ last, interruptible }: Readonly<Record<string, unknown>>, token: string): RelayMessage {
  const may = interruptible === undefined ? {} : { interruptible: String(interruptible) }
  return { type: 'text', token, last: last === true, ...may }
}

function readLanguage({ transcriptionLanguage }: Readonly<Record<string, unknown>>): RelayMessage {
  return { type: 'language', ...(typeof transcriptionLanguage === 'string' && { transcriptionLanguage }) }
}

function lacks(text: string, what: string): string {
  return `${shown(text)} lacks ${what}`
}

function shown(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text
}

const MOST_SHOWN = 100

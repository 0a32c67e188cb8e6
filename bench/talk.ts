import { randomBytes } from 'node:crypto'
import { callForm, messageForm, signed, type Webhook } from './webhooks.ts'

/** One contact who goes through a flow: what the carrier sends for them, one webhook after the other. */
export interface Talk {
  next(): Webhook
  /** Takes the answer to it. */
  hear(twiml: string): void
}

/** Where the flow of all contenders is. */
export const FLOW_PATH = '/flows/loop'

/** So many contacts at one server, of whom every fifth writes and the others call. */
export function talks(origin: string, count: number): Talk[] {
  return Array.from({ length: count }, (_, index) => (index % 5 === 4 ? texting(origin) : calling(origin)))
}

/** Calls, or goes on with a call, and presses 1 at every prompt; rings again before an execution meets its limit of steps. */
export function calling(origin: string, call = newCall()): Talk {
  let { form, path, presses } = call
  return {
    next: () => signed(origin, path, presses > 0 ? { ...form, Digits: '1', msg: 'Gather' } : form),
    hear(twiml) {
      presses += 1
      path = actionOf(twiml)
      if (presses > MOST_PRESSES) ({ form, path, presses } = newCall())
    },
  }
}

/** A call in its course. */
export interface CallUnderWay {
  readonly form: Readonly<Record<string, string>>
  /** Where the flow waits for its next key. */
  readonly path: string
  readonly presses: number
}

function newCall(): CallUnderWay {
  return { form: callForm(newSid('CA'), newContact()), path: FLOW_PATH, presses: 0 }
}

/** Writes 1 to every question. */
function texting(origin: string): Talk {
  let contact = newContact()
  let messages = 0
  return {
    next: () => signed(origin, FLOW_PATH, messageForm(newSid('SM'), contact)),
    hear() {
      messages += 1
      if (messages > MOST_PRESSES) [contact, messages] = [newContact(), 0]
    },
  }
}

/** Two steps a press, of the thousand that an execution may take. */
const MOST_PRESSES = 495

/** The path to which the keys go that a prompt asks for. */
function actionOf(twiml: string): string {
  const action = /action="([^"]*)"/.exec(twiml)?.[1]
  if (!action) throw new Error(`no prompt: ${twiml}`)
  const { pathname, search } = new URL(action.replaceAll('&amp;', '&'))
  return pathname + search
}

function newSid(prefix: string): string {
  return prefix + randomBytes(16).toString('hex')
}

let contacts = 0

function newContact(): string {
  contacts += 1
  return `+1555${String(contacts).padStart(7, '0')}`
}

import { type Element, elementsIn, ownText, rawText } from '../document/element.ts'
import { isRecipient, isSender } from '../messaging/addresses.ts'
import { isWebUrl, LONGEST_BODY, MOST_MEDIA } from '../messaging/fault.ts'
import type { Problem } from '../problem.ts'
import { problem } from './dictionary.ts'
import { REDIRECT } from './redirect.ts'
import type { Rule } from './rule.ts'
import { ANY, check, METHOD, under, url } from './values.ts'

const ATTRIBUTES = {
  to: under(
    14101,
    check('a phone number or the address of a channel', (value) => isRecipient(value.trim())),
  ),
  from: under(
    14102,
    check('a phone number, the address of a channel, or a name of at most 11 characters', (value) =>
      isSender(value.trim()),
    ),
  ),
  action: url(14105),
  method: under(14104, METHOD),
  statusCallback: url(14105),
}

/** Sms: its own text alone (twiml.md 4.8). */
export const TEXT_MESSAGE: Rule = {
  attributes: ATTRIBUTES,
  text: ANY,
  whole: (sms) => [...bodyOf(sms, ownText(sms), 0), ...callbacksOf(sms)],
}

/** What is sent along is fetched from where it says, not from where the document came from (twiml.md 5). */
const MEDIA = under(
  21620,
  check('an absolute http or https URL', (value) => isWebUrl(value)),
)

const MESSAGE: Rule = {
  attributes: ATTRIBUTES,
  children: { Body: { text: ANY }, Media: { text: MEDIA } },
  text: ANY,
  whole: messageOf,
}

function messageOf(message: Element): Problem[] {
  const [bodies, media] = [named(message, 'Body'), named(message, 'Media')]
  const text = bodies.length > 0 ? bodies.map(rawText).join('').trim() : ownText(message)
  return [...bodyOf(message, text, media.length), ...mediaOf(media), ...callbacksOf(message)]
}

function mediaOf({ length }: readonly Element[]): Problem[] {
  return length > MOST_MEDIA
    ? [problem(21623, `<Message> holds ${length} <Media>; expected at most ${MOST_MEDIA}`)]
    : []
}

/** Both are called back with what becomes of the message; where they differ, what happens is undefined (twiml.md 5). */
function callbacksOf({ name, attributes: { action, statusCallback } }: Element): Problem[] {
  if (action === undefined || statusCallback === undefined || action === statusCallback) return []
  const shown = `action=${JSON.stringify(action)} and statusCallback=${JSON.stringify(statusCallback)}`
  return [problem(14105, `${shown} of <${name}> differ; only the second is told`)]
}

function bodyOf({ name }: Element, { length }: string, media: number): Problem[] {
  if (length > LONGEST_BODY)
    return [problem(14103, `<${name}> holds ${length} characters; expected at most ${LONGEST_BODY}`)]
  return length > 0 || media > 0 ? [] : [problem(14103, `<${name}> is empty; expected a text or media`)]
}

function named(parent: Element, wanted: string): Element[] {
  return elementsIn(parent).filter(({ name }) => name === wanted)
}

/** The answer to a message: its verbs (twiml.md 5). */
export const MESSAGE_VERBS: Readonly<Record<string, Rule>> = {
  Message: MESSAGE,
  Sms: TEXT_MESSAGE,
  Redirect: REDIRECT,
}

import { type Element, elementsIn, ownText, rawText } from '../element.ts'
import type { Problem } from '../problem.ts'
import { problem } from './dictionary.ts'
import { REDIRECT } from './redirect.ts'
import type { Rule } from './rule.ts'
import { ANY, type Check, check, METHOD, SCHEMA, under, url } from './values.ts'

/** A phone number, or the address of a channel such as whatsapp. */
const ADDRESS = /^(\+?[\d\s().-]{3,25}|[a-z_]+:\S+)$/i
const SENDER = /^(?=.*[a-z])[\w +&-]{1,11}$|^MG[0-9a-f]{32}$/i

const ATTRIBUTES = {
  to: under(
    14101,
    check('a phone number or the address of a channel', (value) => ADDRESS.test(value.trim())),
  ),
  from: under(
    14102,
    check(
      'a phone number, the address of a channel, or a name of at most 11 characters',
      (value) => ADDRESS.test(value.trim()) || SENDER.test(value.trim()),
    ),
  ),
  action: url(14105),
  method: under(14104, METHOD),
  statusCallback: url(14105),
}

const MOST_CHARACTERS = 1_600
const MOST_MEDIA = 10

/** Sms: its own text alone (twiml.md 4.8). */
export const TEXT_MESSAGE: Rule = {
  attributes: ATTRIBUTES,
  text: ANY,
  whole: (sms) => bodyOf(sms, ownText(sms), 0),
}

/** There is no base for it: it is not resolved (twiml.md 5). */
const ABSOLUTE_URL: Check = (value) =>
  /^https?:\/\/\S+$/i.test(value) && URL.canParse(value) ? undefined : { code: 11100, expected: 'an absolute URL' }

const MESSAGE: Rule = {
  attributes: ATTRIBUTES,
  children: { Body: { text: ANY }, Media: { text: ABSOLUTE_URL } },
  text: ANY,
  whole: messageOf,
}

function messageOf(message: Element): Problem[] {
  const [bodies, media] = [named(message, 'Body'), named(message, 'Media')]
  const text = bodies.length > 0 ? bodies.map(rawText).join('').trim() : ownText(message)
  if (media.length <= MOST_MEDIA) return bodyOf(message, text, media.length)
  const tooMany = `<Message> holds ${media.length} <Media>; expected at most ${MOST_MEDIA}`
  return [...bodyOf(message, text, media.length), problem(SCHEMA, tooMany)]
}

function bodyOf({ name }: Element, { length }: string, media: number): Problem[] {
  if (length > MOST_CHARACTERS)
    return [problem(14103, `<${name}> holds ${length} characters; expected at most ${MOST_CHARACTERS}`)]
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

import { type Element, elementsIn, rawText } from '../element.ts'
import { methodOf } from '../parameters.ts'
import { caution, type Problem } from '../problem.ts'
import { absolute } from '../requests.ts'
import { isRecipient, isSender } from './addresses.ts'
import { isWebUrl, LONGEST_BODY, MOST_MEDIA } from './fault.ts'
import type { StatusHook } from './message.ts'

/** A message that a document sends back. */
export interface Reply {
  readonly from: string
  readonly to: string
  readonly body: string
  readonly media: readonly string[]
  readonly statusCallback: StatusHook | undefined
}

/** Where a Message stands. */
export interface Place {
  readonly base: string | undefined
  /** The message that is answered. */
  readonly received: { readonly from: string; readonly to: string }
}

/** Reads a Message, or its forerunner Sms (twiml.md 5); without a reply where it cannot be sent. */
export function readReply(verb: Element, place: Place) {
  const problems = [...oddities(verb)]
  const warn = (problem: Problem) => void problems.push(problem)
  const { to = place.received.from, from = place.received.to } = verb.attributes
  const reply = {
    from: from.trim(),
    to: to.trim(),
    body: bodyOf(verb),
    media: mediaOf(verb, place, warn),
    statusCallback: callbackOf(verb, place, warn),
  }
  const broken = faultOf(reply)
  return broken ? { reply: undefined, problems: [...problems, broken] } : { reply, problems }
}

function faultOf({ from, to, body, media }: Reply): Problem | undefined {
  if (!isRecipient(to)) return caution(14101, `to=${JSON.stringify(to)} of <Message> is no address that takes messages`)
  if (!isSender(from)) return caution(14102, `from=${JSON.stringify(from)} of <Message> is no sender`)
  if (body === '' && media.length === 0) return caution(14103, '<Message> has neither a body nor media')
  if (body.length > LONGEST_BODY)
    return caution(14103, `the body of <Message> has ${body.length} characters; at most ${LONGEST_BODY} are sent`)
  return undefined
}

/** Bodies are joined; without one, it is the text itself. */
function bodyOf(verb: Element): string {
  const bodies = named(verb, 'Body')
  const own = verb.children.filter((child) => typeof child === 'string')
  return (bodies.length > 0 ? bodies.map(rawText) : own).join('').trim()
}

function mediaOf(verb: Element, { base }: Place, warn: (problem: Problem) => void): readonly string[] {
  const urls = named(verb, 'Media').map((media) => rawText(media).trim())
  if (urls.length > MOST_MEDIA) warn(caution(21623, `<Message> has ${urls.length} media; ${MOST_MEDIA} are sent`))
  return urls.slice(0, MOST_MEDIA).flatMap((url) => {
    const target = absolute(url, base)
    if (typeof target === 'string' && isWebUrl(target)) return [target]
    warn(caution(21620, `${JSON.stringify(url)} of <Media> is no URL that can be fetched`))
    return []
  })
}

/** The newest of Twilio's texts calls `action` a status callback too (twiml.md 5 and 11). */
function callbackOf({ attributes }: Element, { base }: Place, warn: (problem: Problem) => void) {
  const { action, statusCallback = action, method } = attributes
  if (method !== undefined && !/^(GET|POST)$/i.test(method.trim()))
    warn(caution(14104, `method=${JSON.stringify(method)} of <Message> is neither GET nor POST; POST is used`))
  if (action !== undefined && action !== statusCallback)
    warn(caution(14105, `<Message> names two callbacks, ${action} and ${statusCallback}: only the second is told`))
  if (statusCallback === undefined || statusCallback.trim() === '') return undefined
  const url = absolute(statusCallback.trim(), base)
  if (typeof url === 'string' && isWebUrl(url)) return { url, method: methodOf(method) }
  warn(caution(14105, `statusCallback=${JSON.stringify(statusCallback)} of <Message> is no URL`))
  return undefined
}

function named(element: Element, name: string): readonly Element[] {
  return elementsIn(element).filter((child) => child.name === name)
}

/** What the schema does not know is told and left out (twiml.md 1.1). */
function oddities(verb: Element): readonly Problem[] {
  const attributes = Object.keys(verb.attributes).filter((name) => !ATTRIBUTES.has(name))
  const children = elementsIn(verb).filter(({ name }) => !CHILDREN.has(name))
  return [
    ...attributes.map((name) => caution(12200, `<${verb.name}> has no attribute ${name}`)),
    ...children.map(({ name }) => caution(12200, `<${name}> does not belong into <${verb.name}>; it is left out`)),
  ]
}

const ATTRIBUTES: ReadonlySet<string> = new Set(['to', 'from', 'action', 'method', 'statusCallback'])
const CHILDREN: ReadonlySet<string> = new Set(['Body', 'Media'])

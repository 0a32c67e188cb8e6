import { methodOf } from '../document/attributes.ts'
import { absolute } from '../document/destination.ts'
import { type Element, elementsIn, rawText } from '../document/element.ts'
import { caution, type Problem } from '../problem.ts'
import type { Hook } from '../webhooks.ts'
import { isRecipient, isSender } from './addresses.ts'
import { isWebUrl, LONGEST_BODY, MOST_MEDIA } from './fault.ts'

/** A message that a document sends back. */
export interface Reply {
  readonly from: string
  readonly to: string
  readonly body: string
  readonly media: readonly string[]
  readonly statusCallback: Hook | undefined
}

/** Where a Message stands. */
export interface Place {
  readonly base: string | undefined
  /** The message that is answered. */
  readonly received: { readonly from: string; readonly to: string }
}

/** Reads a Message, or its forerunner Sms (twiml.md 5). What is wrong with it was told of when the document was read. */
export function readReply(verb: Element, place: Place): Reply {
  const { to = place.received.from, from = place.received.to } = verb.attributes
  return {
    from: from.trim(),
    to: to.trim(),
    body: bodyOf(verb),
    media: mediaOf(verb, place),
    statusCallback: callbackOf(verb, place),
  }
}

/** Whether the carrier sends such a reply. */
export function isSent({ from, to, body, media }: Reply): boolean {
  return isRecipient(to) && isSender(from) && body.length <= LONGEST_BODY && (body !== '' || media.length > 0)
}

/** Why a reply cannot go between the ends of the message that it answers, which no document names. */
export function faultOf({ attributes }: Element, { from, to }: Reply): Problem | undefined {
  if (attributes.to === undefined && !isRecipient(to))
    return caution(14101, `${JSON.stringify(to)} is no address that takes messages`)
  if (attributes.from === undefined && !isSender(from)) return caution(14102, `${JSON.stringify(from)} is no sender`)
  return undefined
}

/** Bodies are joined; without one, it is the text itself. */
function bodyOf(verb: Element): string {
  const bodies = named(verb, 'Body')
  const own = verb.children.filter((child) => typeof child === 'string')
  return (bodies.length > 0 ? bodies.map(rawText) : own).join('').trim()
}

function mediaOf(verb: Element, { base }: Place): readonly string[] {
  const urls = named(verb, 'Media').map((media) => absolute(rawText(media).trim(), base))
  return urls.filter((url): url is string => typeof url === 'string' && isWebUrl(url)).slice(0, MOST_MEDIA)
}

/** The newest of Twilio's texts calls `action` a status callback too (twiml.md 5 and 11). */
function callbackOf({ attributes }: Element, { base }: Place): Hook | undefined {
  const { action = '', statusCallback = action, method } = attributes
  const url = statusCallback.trim() === '' ? undefined : absolute(statusCallback.trim(), base)
  return typeof url === 'string' && isWebUrl(url) ? { url, method: methodOf(method) } : undefined
}

function named(element: Element, name: string): readonly Element[] {
  return elementsIn(element).filter((child) => child.name === name)
}

import { numberOf } from '../document/attributes.ts'
import { absolute } from '../document/destination.ts'
import { type Element, elementsIn, textOf } from '../document/element.ts'
import type { Input } from './input.ts'
import type { Leg } from './leg.ts'
import { mediaLength } from './media.ts'
import type { Scene } from './player.ts'
import type { Listening } from './waiting.ts'

/** The verbs that only make themselves heard; they may stand in others. */
export const SOUNDS: ReadonlySet<string> = new Set(['Say', 'Play', 'Pause'])

/** Who hears it, and from which document. */
type Hearing = Pick<Scene, 'leg' | 'document'>

/** Plays a Say, Play or Pause to its end, or to an input that is taken; what cannot be had is skipped. Throws `Interrupted`. */
export async function hear(verb: Element, hearing: Hearing, barge: Barge = {}): Promise<Input | undefined> {
  const sound = await soundOf(verb, hearing)
  if (!sound) return undefined
  const { once, times } = sound
  // What never ends cannot be waited for: whoever wants to press something presses it now.
  const listening = times >= FOREVER ? barge.listening : undefined
  return hearing.leg.wait({
    seconds: once * times,
    ...(barge.takes && { takes: barge.takes }),
    ...(listening && { listening }),
  })
}

interface Barge {
  takes?(input: Input): boolean
  readonly listening?: Listening
}

/** Asks for what a Play will need, before anything is heard. */
export async function prepare(verb: Element, { leg, document }: Hearing): Promise<void> {
  const url = verb.name === 'Play' ? mediaIn(verb, document) : undefined
  if (url !== undefined) await mediaLength(url, leg)
}

/** How long a sound takes once, in seconds, and how often it is repeated. */
interface Sound {
  readonly once: number
  readonly times: number
}

/** Tells of a sound when it begins; nothing where there is none. */
async function soundOf(verb: Element, hearing: Hearing): Promise<Sound | undefined> {
  if (verb.name === 'Pause') return paused(verb, hearing)
  if (verb.name === 'Say') return said(verb, hearing)
  return verb.attributes.digits === undefined ? played(verb, hearing) : toned(verb, hearing)
}

function paused({ attributes }: Element, { leg }: Hearing): Sound {
  const seconds = Math.max(numberOf(attributes.length, 1), 1)
  leg.tell({ type: 'paused', seconds })
  return { once: seconds, times: 1 }
}

function said(verb: Element, { leg }: Hearing): Sound {
  const { voice, language } = verb.attributes
  const [text, times] = [textOf(verb), timesOf(verb)]
  leg.tell({
    type: 'said',
    text,
    ...(voice && { voice }),
    ...(language && { language }),
    ...(times > 1 && { times }),
  })
  return { once: speakingTime(text) + breaks(verb), times }
}

function toned(verb: Element, { leg }: Hearing): Sound {
  const { digits = '' } = verb.attributes
  leg.tell({ type: 'toned', digits })
  return { once: toneTime(digits), times: timesOf(verb) }
}

async function played(verb: Element, { leg, document }: Hearing): Promise<Sound | undefined> {
  const url = mediaIn(verb, document)
  if (url === undefined) return undefined // told of when the document was read
  const [once, times] = [await mediaLength(url, leg), timesOf(verb)]
  leg.heed() // whoever hung up in the meantime hears nothing of it
  if (once === undefined) return undefined
  leg.tell({ type: 'played', url, ...(times > 1 && { times }) })
  return { once, times }
}

/** Where the file of a Play is, as the document that it stands in means it (twiml.md 1.5). */
function mediaIn(play: Element, { base }: Scene['document']): string | undefined {
  const text = textOf(play)
  const url = text === '' || play.attributes.digits !== undefined ? undefined : absolute(text, base)
  return typeof url === 'string' && /^https?:/i.test(url) ? url : undefined
}

function timesOf({ attributes: { loop } }: Element): number {
  return Math.min(numberOf(loop, 1) || FOREVER, FOREVER)
}

/** `loop="0"`: until the call ends, but not more often (twiml.md 4.1). */
const FOREVER = 1000

const CHARACTERS_A_SECOND = 15

/** Seconds that it takes to say a text. */
export function speakingTime(text: string): number {
  return Math.max(text.length / CHARACTERS_A_SECOND, 0.3)
}

/** Presses keys for somebody, and lets their tones sound to the end. Throws `Interrupted`. */
export async function sendDigits(leg: Leg, digits: string): Promise<void> {
  leg.tell({ type: 'toned', digits })
  await leg.wait({ seconds: toneTime(digits) })
}

/** Seconds that tones take: a `w` waits half a second, a `W` a whole one. */
function toneTime(digits: string): number {
  return [...digits].reduce((seconds, digit) => seconds + (digit === 'w' ? 0.5 : digit === 'W' ? 1 : 0.2), 0)
}

/** Seconds of the breaks in a text. */
function breaks(element: Element): number {
  const own = element.name === 'break' ? breakTime(element.attributes.time) : 0
  return elementsIn(element).reduce((seconds, child) => seconds + breaks(child), own)
}

function breakTime(time = '500ms'): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(time.trim()) ?? []
  return number === undefined ? 0.5 : Number(number) / (unit === 'ms' ? 1_000 : 1)
}

import { numberOf } from '../document/attributes.ts'
import { type Element, elementsIn, textOf } from '../document/element.ts'
import type { Input } from './input.ts'
import type { Leg } from './leg.ts'
import type { Listening } from './waiter.ts'

/** The verbs that only make themselves heard; they may stand in others. */
export const SOUNDS: ReadonlySet<string> = new Set(['Say', 'Play', 'Pause'])

/** Plays a Say, Play or Pause to its end, or to an input that is taken. Throws `Interrupted`. */
export async function hear(verb: Element, leg: Leg, barge: Barge = {}): Promise<Input | undefined> {
  const { once, times } = soundOf(verb, leg)
  // What never ends cannot be waited for: whoever wants to press something presses it now.
  const listening = times >= FOREVER ? barge.listening : undefined
  return leg.wait({
    seconds: once * times,
    ...(barge.takes && { takes: barge.takes }),
    ...(listening && { listening }),
  })
}

interface Barge {
  takes?(input: Input): boolean
  readonly listening?: Listening
}

/** `loop="0"`: until the call ends, but not more often (twiml.md 4.1). */
const FOREVER = 1000

/** How long it takes once, in seconds, and how often it is repeated; tells of it on the way. */
function soundOf(verb: Element, leg: Leg): { readonly once: number; readonly times: number } {
  const { loop, length, digits, voice, language } = verb.attributes
  const times = Math.min(numberOf(loop, 1) || FOREVER, FOREVER)
  if (verb.name === 'Pause') {
    const seconds = Math.max(numberOf(length, 1), 1)
    leg.tell({ type: 'paused', seconds })
    return { once: seconds, times: 1 }
  }
  const text = textOf(verb)
  if (verb.name === 'Say') {
    leg.tell({
      type: 'said',
      text,
      ...(voice && { voice }),
      ...(language && { language }),
      ...(times > 1 && { times }),
    })
    return { once: speakingTime(text) + breaks(verb), times }
  }
  if (digits !== undefined) leg.tell({ type: 'toned', digits })
  else leg.tell({ type: 'played', url: text, ...(times > 1 && { times }) })
  return { once: digits === undefined ? PLAYING_S : toneTime(digits), times }
}

/** Seconds of a file that nobody has listened to. */
export const PLAYING_S = 3
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

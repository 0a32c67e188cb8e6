import type { Element } from '../element.ts'
import { NEXT, type Outcome } from '../outcome.ts'
import type { Scene } from '../player.ts'

/** Connects the caller of a Dial with the first one in a queue (twiml.md 4.6). */
export async function takeFromQueue(_dial: Element, _noun: Element, _scene: Scene): Promise<Outcome> {
  return NEXT
}

import type { Element } from '../element.ts'
import { NEXT, type Outcome } from '../outcome.ts'
import type { Scene } from '../player.ts'

/** Takes the caller of a Dial into a conference (twiml.md 4.6). */
export async function joinConference(_dial: Element, _noun: Element, _scene: Scene): Promise<Outcome> {
  return NEXT
}

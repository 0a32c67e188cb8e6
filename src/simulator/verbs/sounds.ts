import { end, NEXT } from '../call/outcome.ts'
import type { Player } from '../call/player.ts'
import { hear } from '../call/sound.ts'

/** Say and Play: heard to the end (twiml.md 4.1 and 4.2). */
export const sound: Player = async (verb, scene) => {
  scene.leg.answer()
  await hear(verb, scene)
  return NEXT
}

/** Pause: as the first verb it lets the phone ring on for so long; alone it never answers (twiml.md 3). */
export const pause: Player = async (verb, scene) => {
  const { leg, document } = scene
  await hear(verb, scene)
  if (leg.status === 'ringing' && document.verbs.length === 1) return end('no-answer')
  leg.answer()
  return NEXT
}

/** Echo: gives the caller back what they say, until they hang up (twiml.md 4.8). */
export const echo: Player = async (_verb, { leg }) => {
  leg.answer()
  leg.tell({ type: 'noted', text: 'what the caller says comes back to them' })
  await leg.wait({})
  return NEXT
}

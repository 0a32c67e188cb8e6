import type { Leg } from '../call/leg.ts'
import type { Ending, Rules, Scene } from '../call/player.ts'
import type { Element } from '../document/element.ts'
import { hookOf } from '../document/hooks.ts'

/** Plays what somebody hears who waits, for as long as they wait (twiml.md 4.6 and 4.7). Throws `Interrupted`. */
export async function playWhileWaiting(noun: Element, scene: Scene, waiting: Waiting): Promise<Ending> {
  const { leg } = scene
  const hook = hookOf(noun, { url: 'waitUrl', method: waiting.method }, scene)
  if (!hook) return silence(leg, noun.attributes.waitUrl === undefined ? MUSIC : undefined)
  for (;;) {
    const { waits } = leg
    const ending = await scene.play(leg, { kind: 'url', ...hook }, waiting.rules)
    if (ending.kind !== 'played') return ending
    if (waiting.times === 'once') return silence(leg)
    if (leg.waits === waits) await leg.wait({ seconds: BETWEEN_SILENT_DOCUMENTS_S })
  }
}

interface Waiting {
  /** The attribute that names the method of `waitUrl`. */
  readonly method: 'waitMethod' | 'waitUrlMethod'
  /** A queue asks for its document again and again, a conference once. */
  readonly times: 'once' | 'for-ever'
  readonly rules: Rules
}

const MUSIC = 'music plays while the caller waits'
/** A document without a sound would be asked for without end at one moment. */
const BETWEEN_SILENT_DOCUMENTS_S = 1

async function silence(leg: Leg, note?: string): Promise<never> {
  if (note !== undefined) leg.tell({ type: 'noted', text: note })
  await leg.wait({})
  throw new Error('a wait without an end came to an end')
}

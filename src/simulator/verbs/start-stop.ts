import type { Leg } from '../call/leg.ts'
import { NEXT } from '../call/outcome.ts'
import type { Player, Scene } from '../call/player.ts'
import { type Element, elementsIn } from '../document/element.ts'
import { caution } from '../problem.ts'
import { startRecording } from '../recording/call-recording.ts'
import { MediaStream } from '../streams/media-stream.ts'
import { startSiprec } from '../streams/siprec.ts'
import { startTranscription } from '../streams/transcription.ts'

/** Start: lets something run beside the call, until it is stopped or the call is over (twiml.md 4.11). */
export const start: Player = async (verb, scene) => {
  const { leg } = scene
  leg.answer()
  for (const noun of elementsIn(verb)) {
    const begin = Object.hasOwn(STARTERS, noun.name) ? STARTERS[noun.name] : undefined
    if (begin) keep(noun, leg, await begin(noun, scene))
  }
  return NEXT
}

/** Stop: ends what runs under the name of its noun, or all of that kind where it names none. */
export const stop: Player = async (verb, { leg }) => {
  for (const { name: noun, attributes } of elementsIn(verb)) {
    const { name } = attributes
    const running = leg.background.find(noun, name)
    const which = name ? `<${noun}> named ${JSON.stringify(name)}` : `<${noun}>`
    if (running.length === 0) leg.warn(caution(14300, `no ${which} runs that <Stop> could stop`))
    for (const one of running) one.end()
  }
  return NEXT
}

const STARTERS: Readonly<Record<string, (noun: Element, scene: Scene) => (() => void) | Promise<() => void>>> = {
  Stream: startStream,
  Siprec: startSiprec,
  Transcription: startTranscription,
  Recording: startRecording,
}

async function startStream(noun: Element, scene: Scene): Promise<() => void> {
  const stream = new MediaStream(noun, scene)
  await stream.open(() => {})
  return () => stream.stop()
}

/** What runs beside a call ends with it. */
function keep({ name: noun, attributes: { name } }: Element, leg: Leg, end: () => void): void {
  const endOnce = leg.background.add({ noun, name, end })
  leg.onStatus(() => leg.isOver && endOnce())
}

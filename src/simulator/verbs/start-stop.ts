import { startRecording } from '../call-recording.ts'
import { type Element, elementsIn } from '../element.ts'
import type { Leg } from '../leg.ts'
import { MediaStream } from '../media-stream.ts'
import { NEXT } from '../outcome.ts'
import type { Player, Scene } from '../player.ts'
import { caution } from '../problem.ts'
import { startSiprec } from '../siprec.ts'
import { startTranscription } from '../transcription.ts'

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
    const running = [...leg.background].filter((one) => one.noun === noun && (!name || one.name === name))
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

/** Remembers how to end something, which the end of the call does too. */
function keep(noun: Element, leg: Leg, end: () => void): void {
  const one = {
    noun: noun.name,
    name: noun.attributes.name,
    end() {
      if (leg.background.delete(one)) end()
    },
  }
  leg.background.add(one)
  leg.onStatus(() => {
    if (leg.isOver) one.end()
  })
}

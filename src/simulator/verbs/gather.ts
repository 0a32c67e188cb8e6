import { goOn } from '../call/action.ts'
import type { Input } from '../call/input.ts'
import type { Leg } from '../call/leg.ts'
import { NEXT, type Outcome } from '../call/outcome.ts'
import type { Player, Scene } from '../call/player.ts'
import { notify } from '../call/requests.ts'
import { hear, prepare, SOUNDS, speakingTime } from '../call/sound.ts'
import type { Listening } from '../call/waiting.ts'
import { numberOf } from '../document/attributes.ts'
import { type Element, elementsIn } from '../document/element.ts'
import { callbackOf } from '../document/hooks.ts'
import type { Taken } from '../happening.ts'
import type { Params } from '../line/web-request.ts'

/** Gather: prompts, then takes keys or speech (twiml.md 4.4). */
export const gather: Player = async (verb, scene) => {
  const { leg } = scene
  leg.answer()
  const asked = readGather(verb)
  const first = (await prompted(verb, scene, asked)) ?? (await leg.wait({ ...asked, seconds: asked.timeout }))
  if (first?.kind === 'speech') return heard(first.text, verb, scene, asked)
  const typed = first?.kind === 'key' ? await type(first.key, leg, asked) : { digits: '', finishedOn: '' }
  if (typed.digits !== '')
    return goOn(verb, scene, { Digits: typed.digits, FinishedOnKey: typed.finishedOn, msg: 'Gather End' })
  leg.tell({ type: 'silence', seconds: asked.timeout })
  return nothing(verb, scene)
}

interface Asked {
  readonly timeout: number
  readonly speechTimeout: number
  readonly finishOnKey: string
  readonly numDigits: number
  readonly listening: Listening
  takes(input: Input): boolean
}

function readGather({ attributes }: Element): Asked {
  const { input = 'dtmf', timeout, finishOnKey = '#', numDigits, speechTimeout } = attributes
  const kinds = input.split(/\s+/)
  const takes: Taken[] = [
    ...(kinds.includes('dtmf') ? (['keys'] as const) : []),
    ...(kinds.includes('speech') ? (['speech'] as const) : []),
  ]
  const seconds = numberOf(timeout, DEFAULT_TIMEOUT_S)
  return {
    timeout: seconds,
    speechTimeout: speechTimeout === 'auto' ? PAUSE_OF_TALKING_S : numberOf(speechTimeout, seconds),
    finishOnKey,
    numDigits: numberOf(numDigits, Number.POSITIVE_INFINITY),
    listening: { verb: 'Gather', takes },
    takes: ({ kind }) => (kind === 'key' && takes.includes('keys')) || (kind === 'speech' && takes.includes('speech')),
  }
}

const DEFAULT_TIMEOUT_S = 5
/** What `auto` takes for the end of a sentence. */
const PAUSE_OF_TALKING_S = 1

/** Plays what stands in the Gather, once all of it is there; the first key or word stops it. */
async function prompted(verb: Element, scene: Scene, asked: Asked): Promise<Input | undefined> {
  const prompts = elementsIn(verb).filter(({ name }) => SOUNDS.has(name))
  await Promise.all(prompts.map((prompt) => prepare(prompt, scene)))
  for (const prompt of prompts) {
    const input = await hear(prompt, scene, verb.attributes.bargeIn === 'false' ? {} : asked)
    if (input) return input
  }
  return undefined
}

/** Collects keys up to the finish key, the number of digits, or a pause. */
async function type(first: string, leg: Leg, { finishOnKey, numDigits, timeout, takes }: Asked) {
  let digits = ''
  for (let key: string | undefined = first; key !== undefined; ) {
    if (finishOnKey !== '' && finishOnKey.includes(key)) return { digits, finishedOn: key }
    digits += key
    if (digits.length >= numDigits) break
    const next: Input | undefined = await leg.wait({
      seconds: timeout,
      takes: (input) => input.kind === 'key' && takes(input),
      listening: { verb: 'Gather', takes: ['keys'] },
      begun: true,
    })
    key = next?.kind === 'key' ? next.key : undefined
  }
  return { digits, finishedOn: '' }
}

async function heard(text: string, verb: Element, scene: Scene, { speechTimeout }: Asked): Promise<Outcome> {
  const { leg } = scene
  await leg.wait({ seconds: Math.min(speakingTime(text), longestSpeech(verb)) })
  const callback = callbackOf(verb, 'partialResultCallback', scene)
  if (callback) {
    const params = { UnstableSpeechResult: text, StableSpeechResult: '', Stability: '0.9', SequenceNumber: '0' }
    notify(leg, callback, params)
  }
  await leg.wait({ seconds: speechTimeout })
  const { language = 'en-US' } = verb.attributes
  return goOn(verb, scene, { SpeechResult: text, Confidence: CONFIDENCE, Language: language })
}

/** Seconds after which no more is heard. */
function longestSpeech({ attributes: { maxSpeechTime } }: Element): number {
  return Math.min(numberOf(maxSpeechTime, LONGEST_SPEECH_S), LONGEST_SPEECH_S)
}

const LONGEST_SPEECH_S = 60

/** As sure as a recogniser usually is of a clear sentence. */
const CONFIDENCE = '0.9'

const EMPTY: Params = { Digits: '', FinishedOnKey: '' }

function nothing(verb: Element, scene: Scene): Outcome {
  return verb.attributes.actionOnEmptyResult === 'true' ? goOn(verb, scene, EMPTY) : NEXT
}

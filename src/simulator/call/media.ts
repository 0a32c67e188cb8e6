import { AUDIO_TYPES } from '../document/audio-types.ts'
import { exchange } from '../line/exchange.ts'
import type { WebAnswer } from '../line/web-request.ts'
import { caution, fault, type Problem } from '../problem.ts'
import type { Leg } from './leg.ts'
import { wavLength } from './wav-length.ts'

/** Seconds of the media at a URL; undefined where nothing is heard of it, which is told. A call asks for each URL once (twiml.md 4.2). */
export function mediaLength(url: string, leg: Leg): Promise<number | undefined> {
  const length = leg.media.get(url) ?? fetched(url, leg)
  leg.media.set(url, length)
  return length
}

/** What came in place of a document is not asked for again when it is played. */
export function keepMedia(answer: WebAnswer, leg: Leg): void {
  if (!flawOf(answer, answer.url)) leg.media.set(answer.url, Promise.resolve(lengthOf(answer)))
}

async function fetched(url: string, leg: Leg): Promise<number | undefined> {
  const unheard = ({ message }: Problem): Problem => caution(11200, `nothing is played: ${message}`)
  const answer = await exchange(leg, { method: 'GET', url, params: {}, wants: 'media' }, unheard)
  if ('code' in answer) return undefined
  const flaw = flawOf(answer, url)
  if (!flaw) return lengthOf(answer)
  leg.warn(flaw)
  return undefined
}

function flawOf({ status, contentType }: WebAnswer, url: string): Problem | undefined {
  if (status >= 300) return caution(11200, `nothing is played: ${url} answered with status ${status}`)
  if (AUDIO_TYPES.has(contentType)) return undefined
  const type = contentType === '' ? 'without a content type' : `with the content type ${contentType}`
  return fault(13420, `nothing is played: ${url} answered ${type}; expected audio/mpeg, audio/wav or the like`)
}

function lengthOf({ beginning }: WebAnswer): number {
  return (beginning && wavLength(beginning)) ?? USUAL_S
}

/** Seconds of a file that does not tell its length. */
const USUAL_S = 3

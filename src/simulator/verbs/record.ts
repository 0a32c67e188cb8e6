import type { Element } from '../element.ts'
import type { Input } from '../input.ts'
import { isHangUp } from '../interruption.ts'
import type { Leg } from '../leg.ts'
import { NEXT } from '../outcome.ts'
import { methodOf, numberOf } from '../parameters.ts'
import { callbackUrl, goOn, type Player, parting, type Scene } from '../player.ts'
import { type Recording, recordingParams } from '../recording.ts'
import { reportRecording } from '../recording-callback.ts'
import { notify } from '../requests.ts'
import { speakingTime } from '../sound.ts'
import type { Listening } from '../waiter.ts'

/** Record: keeps what the caller says until silence, a key, the longest time, or hang-up (twiml.md 4.5). */
export const record: Player = async (verb, scene) => {
  const { leg, office } = scene
  leg.answer()
  if (verb.attributes.playBeep !== 'false') leg.tell({ type: 'toned', digits: 'beep' })
  const begun = begin(verb, scene)
  const taken = await listen(verb, leg)
  const { seconds } = taken
  const recording = office.recordings.end(begun, seconds)
  reportRecording(verb, scene, recording)
  if (seconds === 0 && !taken.hungUp) return NEXT
  leg.tell({ type: 'recorded', recordingSid: recording.sid, seconds, url: recording.url })
  transcribe(verb, scene, { recording, words: taken.words })
  const params = { ...recordingParams(recording), Digits: taken.hungUp ? 'hangup' : taken.key }
  return taken.hungUp ? parting(verb, scene, params) : goOn(verb, scene, params)
}

/** Who wants to know is told of the beginning too. */
function begin(verb: Element, scene: Scene): Recording {
  const { office, leg } = scene
  const recording = office.recordings.begin({ callSid: leg.sid, channels: 1, source: 'RecordVerb' })
  reportRecording(verb, scene, recording)
  return recording
}

interface Sound {
  readonly seconds: number
  readonly words: string
  /** The key that ended it; empty where something else did. */
  readonly key: string
  readonly hungUp: boolean
}

async function listen(verb: Element, leg: Leg): Promise<Sound> {
  const { timeout, finishOnKey = '1234567890*#', maxLength, transcribe } = verb.attributes
  const silence = numberOf(timeout, 5) || undefined // 0: silence ends nothing
  const longest = Math.max(numberOf(maxLength, transcribe === 'true' ? 120 : 3_600), 2)
  const takes = (input: Input) =>
    input.kind === 'voice' || input.kind === 'speech' || (input.kind === 'key' && finishOnKey.includes(input.key))
  let sound: Sound = { seconds: 0, words: '', key: '', hungUp: false }
  try {
    while (sound.seconds < longest) {
      const input = await leg.wait({ seconds: silence ?? longest - sound.seconds, takes, listening: LISTENING })
      if (input?.kind === 'key') return { ...sound, key: input.key }
      if (input?.kind !== 'voice' && input?.kind !== 'speech') break
      const seconds = Math.ceil(input.kind === 'voice' ? input.seconds : speakingTime(input.text))
      const kept = Math.min(seconds, longest - sound.seconds)
      const words = input.kind === 'speech' ? `${sound.words} ${input.text}`.trim() : sound.words
      sound = { ...sound, seconds: sound.seconds + kept, words }
      await leg.wait({ seconds: kept })
    }
    return sound
  } catch (error) {
    if (isHangUp(error)) return { ...sound, hungUp: true }
    throw error
  }
}

const LISTENING: Listening = { verb: 'Record', takes: ['voice', 'speech', 'keys'] }

/** Transcriptions are made of 2 to 120 seconds of English (twiml.md 4.5). */
function transcribe(
  { attributes }: Element,
  scene: Scene,
  { recording, words }: { readonly recording: Recording; readonly words: string },
): void {
  const { leg } = scene
  const url = attributes.transcribe === 'true' ? callbackUrl(attributes.transcribeCallback, scene) : undefined
  if (url === undefined) return
  const made = recording.seconds >= 2 && recording.seconds <= 120 && words !== ''
  const sid = scene.office.sid('TR')
  notify(leg, {
    url,
    method: methodOf('POST'),
    params: {
      TranscriptionSid: sid,
      TranscriptionText: made ? words : '',
      TranscriptionStatus: made ? 'completed' : 'failed',
      TranscriptionUrl: `${recording.url}/Transcriptions/${sid}`,
      TranscriptionType: 'fast',
      RecordingSid: recording.sid,
      RecordingUrl: recording.url,
    },
  })
}

import { goOn, parting } from '../call/action.ts'
import type { Input } from '../call/input.ts'
import { Interrupted, isHangUp } from '../call/interruption.ts'
import type { Leg } from '../call/leg.ts'
import { NEXT } from '../call/outcome.ts'
import type { Player, Scene } from '../call/player.ts'
import { notify } from '../call/requests.ts'
import { speakingTime } from '../call/sound.ts'
import type { Listening } from '../call/waiting.ts'
import { numberOf } from '../document/attributes.ts'
import type { Element } from '../document/element.ts'
import { hookOf, statusCallbackOf } from '../document/hooks.ts'
import { type Recording, recordingParams } from '../recording/recording.ts'
import { reportRecording } from '../recording/recording-callback.ts'

/** Record: keeps what the caller says until silence, a key, the longest time, or hang-up (twiml.md 4.5). */
export const record: Player = async (verb, scene) => {
  const { leg, office } = scene
  leg.answer()
  if (verb.attributes.playBeep !== 'false') leg.tell({ type: 'toned', digits: 'beep' })
  const callback = statusCallbackOf(verb, 'recordingStatusCallback', scene)
  const begun = office.recordings.begin({ callSid: leg.sid, channels: 1, source: 'RecordVerb' })
  reportRecording(leg, begun, callback) // who wants to know is told of the beginning too
  const taken = await listen(verb, leg)
  const { seconds } = taken
  const recording = office.recordings.end(begun, seconds)
  reportRecording(leg, recording, callback)
  if (taken.cut) throw taken.cut
  if (seconds === 0 && !taken.hungUp) return NEXT
  leg.tell({ type: 'recorded', recordingSid: recording.sid, seconds, url: recording.url })
  transcribe(verb, scene, { recording, words: taken.words })
  const params = { ...recordingParams(recording), Digits: taken.hungUp ? 'hangup' : taken.key }
  return taken.hungUp ? parting(verb, scene, params) : goOn(verb, scene, params)
}

interface Sound {
  readonly seconds: number
  readonly words: string
  /** The key that ended it; empty where something else did. */
  readonly key: string
  readonly hungUp: boolean
  /** What took the caller elsewhere. */
  readonly cut?: Interrupted
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
      const begun = sound.seconds > 0
      const input = await leg.wait({
        seconds: silence ?? longest - sound.seconds,
        takes,
        listening: LISTENING,
        begun,
      })
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
    if (!(error instanceof Interrupted)) throw error
    return isHangUp(error) ? { ...sound, hungUp: true } : { ...sound, cut: error }
  }
}

const LISTENING: Listening = { verb: 'Record', takes: ['voice', 'speech', 'keys'] }

/** Transcriptions are made of 2 to 120 seconds of English (twiml.md 4.5). */
function transcribe(
  verb: Element,
  scene: Scene,
  { recording, words }: { readonly recording: Recording; readonly words: string },
): void {
  const callback = hookOf(verb, { url: 'transcribeCallback' }, scene)
  if (!callback || verb.attributes.transcribe !== 'true') return
  const isMade = recording.seconds >= 2 && recording.seconds <= 120 && words !== ''
  const sid = scene.office.sid('TR')
  notify(scene.leg, callback, {
    TranscriptionSid: sid,
    TranscriptionText: isMade ? words : '',
    TranscriptionStatus: isMade ? 'completed' : 'failed',
    TranscriptionUrl: `${recording.url}/Transcriptions/${sid}`,
    TranscriptionType: 'fast',
    RecordingSid: recording.sid,
    RecordingUrl: recording.url,
  })
}

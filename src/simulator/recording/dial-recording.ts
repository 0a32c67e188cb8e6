import type { Scene } from '../call/player.ts'
import type { Element } from '../document/element.ts'
import { statusCallbackOf } from '../document/hooks.ts'
import type { Params } from '../line/web-request.ts'
import type { LiveRecording } from './live-recording.ts'
import { recordingParams, trackOf } from './recording.ts'

/** Starts the recording that a Dial asks for from this moment on, if it does (twiml.md 4.6). */
export function recordDial(dial: Element, scene: Scene, from: 'ringing' | 'answer'): LiveRecording | undefined {
  const { record = 'do-not-record', recordingTrack: track } = dial.attributes
  const [wish, moment = 'answer', dual] = /^(?:true|record-from-(ringing|answer)(-dual)?)$/.exec(record) ?? []
  if (wish === undefined || moment !== from) return undefined
  const { leg, office } = scene
  return office.recordings.start(leg, {
    channels: dual === undefined ? 1 : 2,
    source: 'DialVerb',
    track: trackOf(track),
    callback: statusCallbackOf(dial, 'recordingStatusCallback', scene),
  })
}

/** Ends the recording of a Dial; answers the parameters of its action. */
export function recordedBy(live: LiveRecording | undefined): Params {
  live?.stop()
  if (!live || live.recording.seconds === 0) return {}
  return recordingParams(live.recording)
}

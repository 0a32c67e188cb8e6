import type { Element } from '../element.ts'
import type { Params } from '../line.ts'
import type { Scene } from '../player.ts'
import { reportRecording } from '../recording-callback.ts'

/** Keeps the recording that a Dial asks for; answers the parameters of its action (twiml.md 4.6). */
export function recordDial(dial: Element, scene: Scene, seconds: number): Params {
  const { record = 'do-not-record' } = dial.attributes
  if (record === 'do-not-record' || record === 'false' || seconds === 0) return {}
  const { leg } = scene
  const channels = record.endsWith('-dual') ? 2 : 1
  const recording = leg.office.record({ callSid: leg.sid, seconds, channels, source: 'DialVerb' })
  leg.tell({ type: 'recorded', recordingSid: recording.sid, seconds, url: recording.url })
  reportRecording(dial, scene, recording)
  return { RecordingUrl: recording.url, RecordingSid: recording.sid, RecordingDuration: String(seconds) }
}

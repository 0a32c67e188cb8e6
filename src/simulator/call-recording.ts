import type { Element } from './element.ts'
import type { Scene } from './player.ts'
import { fault } from './problem.ts'
import { reportRecording } from './recording-callback.ts'

/** Records a call beside whatever else goes on; the answer ends it and keeps the recording (twiml.md 4.11). */
export function startRecording(noun: Element, scene: Scene): () => void {
  const { leg } = scene
  const { channels, recordingStatusCallback: url } = noun.attributes
  const isRelative = url !== undefined && !URL.canParse(url.trim())
  if (isRelative)
    leg.warn(fault(11200, `the recordingStatusCallback ${url} of <Recording> is relative; it is left out`))
  const since = leg.office.clock.now()
  return () => {
    const seconds = Math.round((leg.office.clock.now() - since) / 1_000)
    const recording = leg.office.record({
      callSid: leg.sid,
      seconds,
      channels: channels === 'mono' ? 1 : 2,
      source: 'StartCallRecordingTwiML',
    })
    leg.tell({ type: 'recorded', recordingSid: recording.sid, seconds, url: recording.url })
    if (!isRelative) reportRecording(noun, scene, recording)
  }
}

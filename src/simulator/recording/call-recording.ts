import type { Scene } from '../call/player.ts'
import type { Element } from '../document/element.ts'
import { statusCallbackOf } from '../document/hooks.ts'
import { fault } from '../problem.ts'
import { trackOf } from './recording.ts'

/** Records a call beside whatever else goes on; the answer ends it and keeps the recording (twiml.md 4.11). */
export function startRecording(noun: Element, scene: Scene): () => void {
  const { leg, office } = scene
  const { channels, track, recordingStatusCallback: url } = noun.attributes
  const isRelative = url !== undefined && !URL.canParse(url.trim())
  if (isRelative)
    leg.warn(fault(11200, `the recordingStatusCallback ${url} of <Recording> is relative; it is left out`))
  const live = office.recordings.start(leg, {
    channels: channels === 'mono' ? 1 : 2,
    source: 'StartCallRecordingTwiML',
    track: trackOf(track),
    callback: isRelative ? undefined : statusCallbackOf(noun, 'recordingStatusCallback', scene),
  })
  return () => live.stop()
}

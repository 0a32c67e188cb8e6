import type { Conference } from '../conferences.ts'
import type { Element } from '../element.ts'
import type { Scene } from '../player.ts'
import { reportRecording } from '../recording-callback.ts'

/** Records a conference from its start to its end, where its first participant asks for that (twiml.md 4.6). */
export function recordConference(conference: Conference, noun: Element, scene: Scene): void {
  if (noun.attributes.record !== 'record-from-start') return
  const { leg } = scene
  const { office } = leg
  let since: number | undefined
  conference.onEvent(({ type }) => {
    if (type === 'conference-start') since = office.clock.now()
    if (type !== 'conference-end' || since === undefined) return
    const seconds = Math.round((office.clock.now() - since) / 1_000)
    const about = { callSid: leg.sid, conferenceSid: conference.sid, seconds }
    const recording = office.record({ ...about, channels: 1, source: 'Conference' })
    leg.tell({ type: 'recorded', recordingSid: recording.sid, seconds, url: recording.url })
    reportRecording(noun, scene, recording)
  })
}

import type { Scene } from '../call/player.ts'
import type { Element } from '../document/element.ts'
import { statusCallbackOf } from '../document/hooks.ts'
import type { Recording } from '../recording/recording.ts'
import { reportRecording } from '../recording/recording-callback.ts'
import { secondsSince } from '../seconds.ts'
import type { Conference } from './conferences.ts'

/** Records a conference from its start to its end, where its first participant asks for that (twiml.md 4.6). */
export function recordConference(conference: Conference, noun: Element, scene: Scene): void {
  if (noun.attributes.record !== 'record-from-start') return
  const callback = statusCallbackOf(noun, 'recordingStatusCallback', scene)
  let begun: Recording | undefined
  conference.onEvent(({ type }) => {
    if (type === 'conference-start') begun = begin(conference, scene)
    else if (type === 'conference-end' && begun) begun = end(begun, scene)
    else return
    reportRecording(scene.leg, begun, callback)
  })
}

function begin({ sid: conferenceSid }: Conference, { leg: { sid: callSid }, office }: Scene): Recording {
  return office.recordings.begin({ callSid, conferenceSid, channels: 1, source: 'Conference' })
}

function end(begun: Recording, { leg, office }: Scene): Recording {
  const seconds = secondsSince(office.clock, begun.startedAt)
  leg.tell({ type: 'recorded', recordingSid: begun.sid, seconds, url: begun.url })
  return office.recordings.end(begun, seconds)
}

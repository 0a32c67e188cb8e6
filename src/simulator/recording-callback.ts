import type { Element } from './element.ts'
import type { Recording } from './office.ts'
import { methodOf, rfc2822 } from './parameters.ts'
import { callbackUrl, type Scene } from './player.ts'
import { notify } from './requests.ts'

/** Tells a verb's `recordingStatusCallback` of a recording that is done (twiml.md 4.5). */
export function reportRecording({ attributes }: Element, scene: Scene, recording: Recording): void {
  const { recordingStatusCallback, recordingStatusCallbackMethod, recordingStatusCallbackEvent } = attributes
  const url = callbackUrl(recordingStatusCallback, scene)
  if (url === undefined) return
  const events = (recordingStatusCallbackEvent ?? 'completed').split(/\s+/)
  const status = recording.seconds > 0 ? 'completed' : 'absent'
  if (!events.includes(status)) return
  notify(scene.leg, {
    url,
    method: methodOf(recordingStatusCallbackMethod),
    params: {
      RecordingSource: recording.source,
      RecordingSid: recording.sid,
      RecordingUrl: recording.url,
      RecordingStatus: status,
      RecordingChannels: String(recording.channels),
      RecordingDuration: String(recording.seconds),
      RecordingStartTime: rfc2822(recording.startedAt),
      ErrorCode: '0',
      ...(recording.conferenceSid && { ConferenceSid: recording.conferenceSid }),
    },
  })
}

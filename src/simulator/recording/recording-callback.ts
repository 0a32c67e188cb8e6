import type { Leg } from '../call/leg.ts'
import { notify } from '../call/requests.ts'
import { rfc2822 } from '../rfc2822.ts'
import type { StatusCallback } from '../webhooks.ts'
import { type Recording, recordingParams } from './recording.ts'

/** Tells a callback of how a recording stands, if there is one that wants to know (twiml.md 4.5). */
export function reportRecording(leg: Leg, recording: Recording, callback: StatusCallback | undefined): void {
  if (!callback?.events.includes(recording.status)) return
  notify(leg, callback, {
    RecordingSource: recording.source,
    ...recordingParams(recording),
    RecordingStatus: recording.status,
    RecordingChannels: String(recording.channels),
    RecordingStartTime: rfc2822(recording.startedAt),
    ErrorCode: '0',
    ...(recording.conferenceSid && { ConferenceSid: recording.conferenceSid }),
  })
}

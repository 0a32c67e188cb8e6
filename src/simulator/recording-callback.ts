import type { Element } from './element.ts'
import type { Leg } from './leg.ts'
import { methodOf, rfc2822 } from './parameters.ts'
import { callbackUrl, type Scene } from './player.ts'
import { type Recording, recordingParams } from './recording.ts'
import { notify } from './requests.ts'
import type { StatusCallback } from './webhooks.ts'

/** Tells a verb's `recordingStatusCallback` of how a recording stands, if it wants to know (twiml.md 4.5). */
export function reportRecording(verb: Element, scene: Scene, recording: Recording): void {
  const callback = recordingCallbackOf(verb, scene)
  if (callback) tellOfRecording(scene.leg, recording, callback)
}

/** Who is told of the recordings that a verb or a noun makes; without a list of events, of their end. */
export function recordingCallbackOf({ attributes }: Element, scene: Scene): StatusCallback | undefined {
  const { recordingStatusCallback, recordingStatusCallbackMethod, recordingStatusCallbackEvent } = attributes
  const url = callbackUrl(recordingStatusCallback, scene)
  if (url === undefined) return undefined
  const events = (recordingStatusCallbackEvent ?? 'completed').trim().split(/\s+/)
  return { url, method: methodOf(recordingStatusCallbackMethod), events }
}

/** Tells a callback of how a recording stands, if it wants to know. */
export function tellOfRecording(leg: Leg, recording: Recording, { url, method, events }: StatusCallback): void {
  if (!events.includes(recording.status)) return
  notify(leg, {
    url,
    method,
    params: {
      RecordingSource: recording.source,
      ...recordingParams(recording),
      RecordingStatus: recording.status,
      RecordingChannels: String(recording.channels),
      RecordingStartTime: rfc2822(recording.startedAt),
      ErrorCode: '0',
      ...(recording.conferenceSid && { ConferenceSid: recording.conferenceSid }),
    },
  })
}

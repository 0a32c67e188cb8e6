import type { Params } from '../line/web-request.ts'

/** What is known of a recording before it is made. */
export interface NewRecording {
  readonly callSid: string
  /** Where it is of a conference. */
  readonly conferenceSid?: string
  readonly channels: 1 | 2
  readonly track?: RecordingTrack
  readonly source:
    | 'RecordVerb'
    | 'DialVerb'
    | 'OutboundAPI'
    | 'StartCallRecordingAPI'
    | 'StartCallRecordingTwiML'
    | 'Conference'
}

/** A recording as the carrier keeps it (twiml.md 9). */
export interface Recording extends NewRecording {
  readonly sid: string
  /** Without an ending: add `.wav`, `.mp3` or `.json`. */
  readonly url: string
  /** Epoch milliseconds. */
  readonly startedAt: number
  readonly seconds: number
  readonly status: RecordingStatus
}

/** Whose voice is on a recording. */
export type RecordingTrack = 'both' | 'inbound' | 'outbound'

/** How a recording stands; `absent`: there was nothing to hear. */
export type RecordingStatus = 'in-progress' | 'paused' | 'completed' | 'absent'

/** A recording that is done. */
export function ended(recording: Recording, seconds: number): Recording {
  return { ...recording, seconds, status: seconds > 0 ? 'completed' : 'absent' }
}

/** The track that an attribute names; both where it names none. */
export function trackOf(text: string | undefined): RecordingTrack {
  return text === 'inbound' || text === 'outbound' ? text : 'both'
}

/** The parameters by which an action or a status callback is told of a recording (twiml.md 4.5). */
export function recordingParams({ url, sid, seconds }: Recording): Params {
  return { RecordingUrl: url, RecordingSid: sid, RecordingDuration: String(seconds) }
}

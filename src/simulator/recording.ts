/** What is known of a recording that is to be kept. */
export interface NewRecording {
  readonly callSid: string
  readonly seconds: number
  readonly channels: 1 | 2
  readonly source:
    | 'RecordVerb'
    | 'DialVerb'
    | 'OutboundAPI'
    | 'StartCallRecordingAPI'
    | 'StartCallRecordingTwiML'
    | 'Conference'
  /** Where it is of a conference. */
  readonly conferenceSid?: string
  readonly track?: 'both' | 'inbound' | 'outbound'
  /** Of a recording that has a sid already. */
  readonly sid?: string
  /** `completed`, when it is left out. */
  readonly status?: RecordingStatus
  /** Epoch milliseconds; as many seconds ago as it is long, when it is left out. */
  readonly startedAt?: number
}

/** A recording as the carrier keeps it (twiml.md 9). */
export interface Recording extends NewRecording {
  readonly sid: string
  /** Without an ending: add `.wav`, `.mp3` or `.json`. */
  readonly url: string
  /** Epoch milliseconds. */
  readonly startedAt: number
  readonly status: RecordingStatus
}

/** How a recording stands; `absent`: there was nothing to hear. */
export type RecordingStatus = 'in-progress' | 'paused' | 'completed' | 'absent'

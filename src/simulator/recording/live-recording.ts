import type { Leg } from '../call/leg.ts'
import type { StatusCallback } from '../webhooks.ts'
import { ended, type NewRecording, type Recording, type RecordingTrack } from './recording.ts'
import { reportRecording } from './recording-callback.ts'

/** How a call is to be recorded beside whatever else goes on. */
export interface RecordingWish extends Pick<NewRecording, 'channels' | 'source'> {
  readonly track: RecordingTrack
  /** Who is told of it. */
  readonly callback: StatusCallback | undefined
}

interface Kept {
  readonly begun: Recording
  readonly callback: StatusCallback | undefined
  /** Keeps it as it stands now. */
  keep(recording: Recording): void
}

/** A recording of a call while the call goes on; it ends with the call at the latest (twiml.md 9). */
export class LiveRecording {
  readonly #leg: Leg
  readonly #callback: StatusCallback | undefined
  readonly #keep: (recording: Recording) => void
  #recording: Recording
  /** Milliseconds on the tape before it was last paused. */
  #taped = 0
  /** When it ran on; epoch milliseconds. */
  #since: number | undefined

  constructor(leg: Leg, { begun, callback, keep }: Kept) {
    this.#leg = leg
    this.#callback = callback
    this.#keep = keep
    this.#recording = begun
    this.#since = begun.startedAt
    this.#report()
    leg.onStatus(() => leg.isOver && this.stop())
  }

  get recording(): Recording {
    return this.#recording
  }

  get isOver(): boolean {
    return this.#recording.status === 'completed' || this.#recording.status === 'absent'
  }

  /** Leaves the pause out, or fills it with silence. */
  pause(behavior: 'skip' | 'silence'): void {
    if (this.#recording.status !== 'in-progress') return
    if (behavior === 'skip') this.#halt()
    this.#become({ ...this.#recording, seconds: this.#seconds(), status: 'paused' })
  }

  resume(): void {
    if (this.#recording.status !== 'paused') return
    this.#since ??= this.#leg.ground.clock.now()
    this.#become({ ...this.#recording, seconds: this.#seconds(), status: 'in-progress' })
  }

  stop(): void {
    if (this.isOver) return
    this.#halt()
    this.#become(ended(this.#recording, this.#seconds()))
    const { sid, seconds, url } = this.#recording
    this.#leg.tell({ type: 'recorded', recordingSid: sid, seconds, url })
    this.#report()
  }

  #halt(): void {
    if (this.#since !== undefined) this.#taped += this.#leg.ground.clock.now() - this.#since
    this.#since = undefined
  }

  #seconds(): number {
    return Math.round(this.#taped / 1_000)
  }

  #become(recording: Recording): void {
    this.#recording = recording
    this.#keep(recording)
  }

  #report(): void {
    reportRecording(this.#leg, this.#recording, this.#callback)
  }
}

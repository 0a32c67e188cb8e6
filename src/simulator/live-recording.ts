import type { Leg } from './leg.ts'
import type { NewRecording, Recording, RecordingStatus } from './recording.ts'
import { tellOfRecording } from './recording-callback.ts'
import type { StatusCallback } from './webhooks.ts'

/** How a call is recorded that somebody asks to be recorded by REST. */
export interface RecordingWish extends Pick<NewRecording, 'channels' | 'source' | 'track'> {
  /** Of `in-progress completed absent`. */
  readonly callback?: StatusCallback | undefined
}

/** A recording of a call while the call goes on; it ends with the call at the latest (twiml.md 9). */
export class LiveRecording {
  readonly #leg: Leg
  readonly #wish: RecordingWish
  #recording: Recording
  /** Milliseconds on the tape before it was last paused. */
  #taped = 0
  /** When it ran on; epoch milliseconds. */
  #since: number | undefined

  constructor(leg: Leg, wish: RecordingWish) {
    this.#leg = leg
    this.#wish = wish
    this.#since = leg.office.clock.now()
    this.#recording = leg.office.record({ ...this.#data('in-progress'), startedAt: this.#since })
    this.#told()
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
    this.#keep('paused')
  }

  resume(): void {
    if (this.#recording.status !== 'paused') return
    this.#since ??= this.#leg.office.clock.now()
    this.#keep('in-progress')
  }

  stop(): void {
    if (this.isOver) return
    this.#halt()
    this.#keep(this.#seconds() > 0 ? 'completed' : 'absent')
    const { sid, seconds, url } = this.#recording
    this.#leg.tell({ type: 'recorded', recordingSid: sid, seconds, url })
    this.#told()
  }

  #halt(): void {
    if (this.#since !== undefined) this.#taped += this.#leg.office.clock.now() - this.#since
    this.#since = undefined
  }

  #seconds(): number {
    return Math.round(this.#taped / 1_000)
  }

  #keep(status: RecordingStatus): void {
    const { sid, startedAt } = this.#recording
    this.#recording = this.#leg.office.record({ ...this.#data(status), sid, startedAt })
  }

  #data(status: RecordingStatus): NewRecording {
    const { channels, source, track = 'both' } = this.#wish
    return { callSid: this.#leg.sid, seconds: this.#seconds(), channels, source, track, status }
  }

  #told(): void {
    if (this.#wish.callback) tellOfRecording(this.#leg, this.#recording, this.#wish.callback)
  }
}

import type { Leg } from '../call/leg.ts'
import { Shelf } from '../shelf.ts'
import { LiveRecording, type RecordingWish } from './live-recording.ts'
import { ended, type NewRecording, type Recording } from './recording.ts'

/** Recordings as the carrier keeps them: those that are being made, and those that are done. */
export class Recordings {
  readonly #kept = new Shelf<Recording>({ begunAt: ({ startedAt }) => startedAt, isOver })
  readonly #live = new Map<string, LiveRecording>()
  readonly #make: () => Made

  /** `make` gives each recording what is its own. */
  constructor(make: () => Made) {
    this.#make = make
  }

  /** Records a call from now on. */
  start(leg: Leg, { callback, ...about }: RecordingWish): LiveRecording {
    const begun = this.begin({ callSid: leg.sid, ...about })
    const live = new LiveRecording(leg, { begun, callback, keep: (recording) => this.#keep(recording) })
    this.#live.set(begun.sid, live)
    return live
  }

  /** What is being recorded of a call, newest first. */
  liveOf(callSid: string): readonly LiveRecording[] {
    return [...this.#live.values()]
      .filter(({ recording, isOver }) => recording.callSid === callSid && !isOver)
      .reverse()
  }

  /** Keeps a recording whose length only its maker knows. */
  begin(about: NewRecording): Recording {
    return this.#keep({ ...about, ...this.#make(), seconds: 0, status: 'in-progress' })
  }

  /** Keeps it as it is when that is done. */
  end(recording: Recording, seconds: number): Recording {
    return this.#keep(ended(recording, seconds))
  }

  get(sid: string): Recording | undefined {
    return this.#kept.get(sid)
  }

  remove(sid: string): boolean {
    return this.#kept.remove(sid)
  }

  /** Newest first. */
  list(): readonly Recording[] {
    return [...this.#kept.list()].reverse()
  }

  #keep(recording: Recording): Recording {
    if (isOver(recording)) this.#live.delete(recording.sid)
    return this.#kept.put(recording)
  }
}

function isOver({ status }: Recording): boolean {
  return status === 'completed' || status === 'absent'
}

type Made = Pick<Recording, 'sid' | 'url' | 'startedAt'>

import type { Leg } from './leg.ts'
import { LiveRecording, type RecordingWish } from './live-recording.ts'
import type { NewRecording, Recording } from './recording.ts'

/** Recordings as the carrier keeps them: their data, and a file that can be played. */
export class Recordings {
  readonly #kept = new Map<string, Recording>()
  readonly #live = new Map<string, LiveRecording>()

  /** Records a call from now on. */
  start(leg: Leg, wish: RecordingWish): LiveRecording {
    const live = new LiveRecording(leg, wish)
    this.#live.set(live.recording.sid, live)
    return live
  }

  /** What is being recorded of a call, newest first. */
  liveOf(callSid: string): readonly LiveRecording[] {
    return [...this.#live.values()]
      .filter(({ recording, isOver }) => recording.callSid === callSid && !isOver)
      .reverse()
  }

  keep(recording: Recording): Recording {
    this.#kept.set(recording.sid, recording)
    return recording
  }

  get(sid: string): Recording | undefined {
    return this.#kept.get(sid)
  }

  remove(sid: string): boolean {
    return this.#kept.delete(sid)
  }

  /** Newest first. */
  list(): readonly Recording[] {
    return [...this.#kept.values()].reverse()
  }
}

/** A WAV file of a recording: a soft tone, 8,000 samples a second, 8 bits, as long as the recording. */
export function wavOf({ seconds, channels }: Pick<NewRecording, 'seconds' | 'channels'>): Buffer {
  const samples = Buffer.alloc(seconds * RATE * channels)
  for (let index = 0; index < samples.length; index += 1) {
    const time = Math.floor(index / channels) / RATE
    samples[index] = 128 + Math.round(LOUDNESS * Math.sin(2 * Math.PI * PITCH * time))
  }
  return Buffer.concat([header(samples.length, channels), samples])
}

const RATE = 8_000
const PITCH = 440
const LOUDNESS = 16

function header(length: number, channels: number): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20) // PCM
  head.writeUInt16LE(channels, 22)
  head.writeUInt32LE(RATE, 24)
  head.writeUInt32LE(RATE * channels, 28)
  head.writeUInt16LE(channels, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36)
  head.writeUInt32LE(length, 40)
  return head
}

import type { Recording } from './recording.ts'

/** A WAV file of a recording: a soft tone, 8,000 samples a second, 8 bits, as long as the recording. */
export function wavOf({ seconds, channels }: Pick<Recording, 'seconds' | 'channels'>): Buffer {
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

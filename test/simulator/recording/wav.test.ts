import { expect, test } from 'vitest'
import { wavOf } from '../../../src/simulator/recording/wav.ts'

test.each([
  [3, 1],
  [2, 2],
] as const)(
  'a recording of %i s with %i channels is a WAV file of that length that is not silent',
  (seconds, channels) => {
    const file = wavOf({ seconds, channels })

    expect(file.subarray(0, 4).toString()).toBe('RIFF')
    expect(file.readUInt32LE(4)).toBe(file.length - 8)
    expect(file.subarray(8, 16).toString()).toBe('WAVEfmt ')
    expect(file.readUInt16LE(22)).toBe(channels)
    const bytesPerSecond = file.readUInt32LE(28)
    expect(file.readUInt32LE(40) / bytesPerSecond).toBe(seconds)
    expect(new Set(file.subarray(44)).size).toBeGreaterThan(10)
  },
)

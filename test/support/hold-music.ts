/** The music of `assets/hold-music.wav`: four broken chords of plain sine tones, twice, 8,000 samples of µ-law a second as phones take them. `npm run docs` writes it. */
export function holdMusic(): Buffer {
  const samples = Buffer.concat([...CHORDS, ...CHORDS].flatMap((chord) => [...chord, ...chord].map(note)))
  return Buffer.concat([header(samples.length), samples])
}

const RATE = 8_000
const NOTE_SAMPLES = 2_400

/** C, A minor, F and G, in semitones from the A of 440 Hz. */
const CHORDS = [
  [-9, -5, -2, 3],
  [-12, -9, -5, 0],
  [-16, -12, -9, -4],
  [-14, -10, -7, -2],
] as const

/** A tone with its octave, struck and fading. */
function note(semitones: number): Buffer {
  const frequency = 440 * 2 ** (semitones / 12)
  const samples = Array.from({ length: NOTE_SAMPLES }, (_, index) => {
    const phase = (2 * Math.PI * frequency * index) / RATE
    const struck = Math.min(1, index / 80) * Math.min(1, (NOTE_SAMPLES - index) / 400)
    return 0.35 * struck * Math.exp((-2.5 * index) / NOTE_SAMPLES) * (Math.sin(phase) + 0.3 * Math.sin(2 * phase))
  })
  return Buffer.from(samples.map((sample) => muLaw(Math.round(sample * 32_767))))
}

/** A sample of 16 bits in eight (ITU-T G.711). */
function muLaw(sample: number): number {
  const magnitude = Math.min(Math.abs(sample), 32_635) + 132
  const exponent = 24 - Math.clz32(magnitude)
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | mantissa) & 0xff
}

/** RIFF with a format of µ-law, one channel, a byte a sample. */
function header(length: number): Buffer {
  const bytes = Buffer.alloc(46)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(38 + length, 4)
  bytes.write('WAVEfmt ', 8, 'latin1')
  bytes.writeUInt32LE(18, 16)
  bytes.writeUInt16LE(7, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(RATE, 24)
  bytes.writeUInt32LE(RATE, 28)
  bytes.writeUInt16LE(1, 32)
  bytes.writeUInt16LE(8, 34)
  bytes.write('data', 38, 'latin1')
  bytes.writeUInt32LE(length, 42)
  return bytes
}

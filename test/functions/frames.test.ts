import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FrameReader, frameOf } from '../../src/functions/frames.ts'

const anyFrame = fc.record({ head: fc.object().map((head) => JSON.parse(JSON.stringify(head))), body: fc.uint8Array() })

test('frames come out as they went in, however the bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(anyFrame), fc.integer({ min: 1, max: 50 }), (frames, size) => {
      const bytes = Buffer.concat(frames.map(({ head, body }) => frameOf(head, body)))
      const reader = new FrameReader<object>(10_000_000)
      const read = Array.from({ length: Math.ceil(bytes.length / size) }, (_, nth) =>
        reader.read(bytes.subarray(nth * size, (nth + 1) * size)),
      ).flat()
      expect(read.map(({ head, body }) => ({ head, body: [...body] }))).toEqual(
        frames.map(({ head, body }) => ({ head, body: [...body] })),
      )
    }),
  )
})

test('a frame that is too large is refused as soon as its length is known', () => {
  const frame = frameOf({}, Buffer.alloc(1_000))
  expect(() => new FrameReader(500).read(frame.subarray(0, 8))).toThrow('a frame of 1010 bytes is larger than 500')
})

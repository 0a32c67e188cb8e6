import type { Readable } from 'node:stream'

/** Tells the lines of a stream, also of one that never ends a line: after so many characters it is cut. */
export function readLines(stream: Readable, tell: (line: string) => void): void {
  let held = ''
  stream.setEncoding('utf8')
  stream.on('data', (text: string) => {
    const lines = (held + text).split('\n')
    held = lines.pop() ?? ''
    for (const line of lines) tell(line.slice(0, MOST_CHARACTERS))
    if (held.length < MOST_CHARACTERS) return
    tell(held.slice(0, MOST_CHARACTERS))
    held = ''
  })
  stream.on('error', () => {}) // it ends, then
  stream.on('end', () => {
    if (held !== '') tell(held)
  })
}

const MOST_CHARACTERS = 16_384

import type { Cursor } from './cursor.ts'
import { readFiltered } from './filtered.ts'
import type { Body, RenderTag } from './tag.ts'
import { writeBlock } from './tag.ts'
import { Writer } from './writer.ts'

/** `{% assign name = value | filter %}`. */
export function assignTag(words: Cursor): RenderTag {
  const name = words.takeLocal()
  words.expect('=')
  const value = readFiltered(words)
  return (run) => run.assign(name, value(run))
}

/** `{% capture name %}`; the name may stand in quotes. */
export function captureTag(words: Cursor, body: Body): RenderTag {
  const name = words.peek()?.kind === 'text' ? words.take().text : words.takeLocal()
  words.end()
  const { templates, words: behind } = body.section(['endcapture'])
  behind.end()
  return (run, _out) => {
    const captured = new Writer(run)
    writeBlock(templates, run, captured)
    // A `break` inside ends only the capture.
    run.breakCalled = false
    run.continueCalled = false
    run.assign(name, captured.buffer)
  }
}

/** `{% increment name %}` prints 0, 1, 2 … and sets the variable to the next number, unless there was one before. */
export function incrementTag(words: Cursor): RenderTag {
  return counterTag(words, { kind: 'increment', first: 0n, step: 1n, sets: (_value, next) => next })
}

/** `{% decrement name %}` prints -1, -2 … and sets the variable to what it prints, unless there was one before. */
export function decrementTag(words: Cursor): RenderTag {
  return counterTag(words, { kind: 'decrement', first: -1n, step: -1n, sets: (value) => value })
}

interface Counter {
  readonly kind: string
  readonly first: bigint
  readonly step: bigint
  /** What the variable of the same name becomes. */
  sets(value: bigint, next: bigint): bigint
}

/** Counters are variables whose names no template can write. */
function counterTag(words: Cursor, { kind, first, step, sets }: Counter): RenderTag {
  const name = joined(words)
  words.makes(name)
  return (run, out) => {
    const held = run.read(`@${kind}_${name}`)
    const value = typeof held === 'bigint' ? held : first
    if (value === first) run.assignHere(`@taken_${name}`, run.knows(name))
    if (run.read(`@taken_${name}`) === false) run.assignHere(name, sets(value, value + step))
    run.assignHere(`@${kind}_${name}`, value + step)
    out.write(String(value))
  }
}

/** Liqp runs all words behind such a tag together. */
function joined(words: Cursor): string {
  let name = words.take().text
  while (!words.isAtEnd()) name += words.take().text
  return name
}

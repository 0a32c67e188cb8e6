import type { Cursor } from './cursor.ts'
import { type Evaluate, readExpression } from './expression.ts'
import { print } from './print.ts'
import type { RenderTag } from './tag.ts'
import { textOf } from './text.ts'

/** `{% cycle 'a', 'b' %}` or `{% cycle group: 'a', 'b' %}`: one value after the other; cycles of the same size are one group. */
export function cycleTag(words: Cursor): RenderTag {
  const first = readExpression(words)
  const group = words.skip(':') ? first : undefined
  const values = readValues(words, group ? readExpression(words) : first)
  return (run, out) => {
    const name = `@cycle_${group ? `_${textOf(group(run), run)}` : values.length}`
    const held = run.read(name)
    const { size, next } = isPlace(held) ? held : { size: values.length, next: 0 }
    run.forget(name)
    const all = values.map((value) => value(run))
    run.assignHere(name, { size, next: next + 1 === size ? 0 : next + 1 })
    print(all[next], { run, out, style: 'block' })
  }
}

function readValues(words: Cursor, first: Evaluate): readonly Evaluate[] {
  const values = [first]
  while (words.skip(',')) values.push(readExpression(words))
  words.end()
  return values
}

/** How many values the group began with, and which one comes next. */
interface Place {
  readonly size: number
  readonly next: number
}

function isPlace(value: unknown): value is Place {
  return typeof value === 'object' && value !== null && 'size' in value && 'next' in value
}

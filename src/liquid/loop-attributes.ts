import type { Cursor } from './cursor.ts'
import { type Evaluate, readExpression } from './expression.ts'
import { toInt } from './number.ts'
import type { Rendering } from './rendering.ts'
import { asNumber } from './text.ts'
import type { LiquidValue } from './value.ts'

/** What may stand behind the list of a loop. */
export interface LoopAttributes {
  readonly offset: number
  readonly limit: number
  /** Only of `tablerow`. */
  readonly cols?: number
}

const NO_LIMIT = 2 ** 31 - 1

/** Reads `limit: 2 offset: a` up to the end of the tag; what turns out to be no number is passed over. */
export function readAttributes(words: Cursor): (run: Rendering) => LoopAttributes {
  const attributes: { readonly name: string; readonly value: Evaluate }[] = []
  while (!words.isAtEnd()) {
    const name = words.takeNewName()
    words.expect(':')
    attributes.push({ name, value: readExpression(words) })
  }
  return (run) => {
    const values = attributes.map(({ name, value }) => [name, intOrNone(value(run), run)] as const)
    return { offset: 0, limit: NO_LIMIT, ...Object.fromEntries(values.filter(([, value]) => value !== undefined)) }
  }
}

function intOrNone(value: LiquidValue, run: Rendering): number | undefined {
  try {
    return toInt(asNumber(value, run))
  } catch (error) {
    if (run.usedUp) throw error
    return undefined
  }
}

import { TemplateError } from './template-error.ts'
import { type Budget, type Items, isList, isMap, type LiquidValue, listOf } from './value.ts'

/** A way to write a nested value down: JSON, or as Java prints it. */
export interface Notation {
  readonly comma: string
  key(name: string): string
  scalar(value: LiquidValue): string
}

/** Values nested deeper than this are refused, so that the stack holds. */
const DEEPEST = 500

/** Writes a value, charging each piece before it is kept. */
export function written(value: LiquidValue, notation: Notation, budget: Budget): string {
  const pieces: string[] = []
  const put = (piece: string) => {
    budget.spend(piece.length + STEPS_A_PIECE)
    pieces.push(piece)
  }
  write(value, { notation, put, depth: 0 })
  return pieces.join('')
}

/** Most pieces are short, and each takes its time. */
const STEPS_A_PIECE = 16

interface Page {
  readonly notation: Notation
  put(piece: string): void
  readonly depth: number
}

function write(value: LiquidValue, page: Page): void {
  if (page.depth > DEEPEST) throw new TemplateError(`the value is nested more than ${DEEPEST} deep`)
  if (isList(value)) writeList(value, page)
  else if (isMap(value)) writeMap(value, page)
  else page.put(page.notation.scalar(value))
}

function writeList(list: readonly LiquidValue[] | Items, page: Page): void {
  const { notation, put, depth } = page
  put('[')
  for (const [index, element] of listOf(list).entries()) {
    if (index > 0) put(notation.comma)
    write(element, { notation, put, depth: depth + 1 })
  }
  put(']')
}

function writeMap(map: Readonly<Record<string, LiquidValue>>, page: Page): void {
  const { notation, put, depth } = page
  put('{')
  for (const [index, [name, element]] of Object.entries(map).entries()) {
    put((index > 0 ? notation.comma : '') + notation.key(name))
    write(element, { notation, put, depth: depth + 1 })
  }
  put('}')
}

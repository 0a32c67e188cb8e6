import type { Cursor } from './cursor.ts'
import { type Evaluate, readExpression } from './expression.ts'
import { isNumber, toInt } from './number.ts'
import type { Rendering } from './rendering.ts'
import { TemplateError } from './template-error.ts'
import { printed } from './text.ts'
import { type Items, isList, isMap, type LiquidValue, listOf } from './value.ts'

/** One step of a path: from a value to what it holds. */
type Step = (value: LiquidValue, run: Rendering) => LiquidValue

/** Reads a variable with its path: `flow.variables.a`, `list[0].name`, `map["key"]`, `["name of a variable"]`. */
export function readLookup(cursor: Cursor): Evaluate {
  const start = cursor.isAt('[') ? readBracketedName(cursor) : readPath(cursor)
  cursor.skip('?')
  return start
}

function readPath(cursor: Cursor): Evaluate {
  const { offset } = cursor
  const name = cursor.take().text
  const parts: Part[] = []
  for (let part = readPart(cursor); part; part = readPart(cursor)) parts.push(part)
  const steps = parts.map(({ step }) => step)
  note(cursor, offset, [name, ...parts.map(({ key }) => key)])
  return (run) => {
    let value = run.read(name)
    for (const step of steps) {
      if (value === undefined || value === null) return value
      value = step(value, run)
    }
    return value
  }
}

/** `["a"]` is the variable a; `[a]` is the variable whose name a holds. */
function readBracketedName(cursor: Cursor): Evaluate {
  const { offset } = cursor
  cursor.expect('[')
  const isLiteral = cursor.peek()?.kind === 'text'
  const name = isLiteral ? cursor.take().text : cursor.takeNewName()
  cursor.expect(']')
  if (isLiteral) note(cursor, offset, [name])
  return isLiteral ? (run) => run.read(name) : (run) => run.read(printed(run.read(name), run))
}

function note({ notes }: Cursor, offset: number, path: readonly (string | undefined)[]): void {
  notes?.reads.push({ path, offset, filters: [], isTested: false })
}

interface Part {
  readonly step: Step
  /** Not known before the template is rendered where it is worked out. */
  readonly key: string | undefined
}

function readPart(cursor: Cursor): Part | undefined {
  if (cursor.skip('.')) {
    if (!cursor.isAtKey()) cursor.refuse('a key')
    const key = cursor.take().text
    return { key, step: (value) => member(value, key) }
  }
  if (!cursor.skip('[')) return undefined
  const key = literalKey(cursor)
  const index = cursor.nested(() => readExpression(cursor))
  cursor.expect(']')
  return { key, step: (value, run) => element(value, index(run), run) }
}

function literalKey(cursor: Cursor): string | undefined {
  const { kind, text } = cursor.peek() ?? {}
  return (kind === 'text' || kind === 'long') && cursor.isAt(']', 1) ? text : undefined
}

function element(value: LiquidValue, index: LiquidValue, run: Rendering): LiquidValue {
  if (isNumber(index)) return isList(value) ? at(value, toInt(index)) : undefined
  return isList(value) ? undefined : member(value, printed(index, run))
}

/** An index past the end is an error, unlike a key that is not there. */
function at(list: readonly LiquidValue[] | Items, index: number): LiquidValue {
  const elements = listOf(list)
  if (index < 0 || index >= elements.length) throw new TemplateError(`index ${index} of a list of ${elements.length}`)
  return elements[index]
}

/** What lies under a key; `size`, `first` and `last` are asked of lists, `size` of text and maps too. Only own keys count. */
function member(value: LiquidValue, key: string): LiquidValue {
  if (isList(value)) return memberOfList(listOf(value), key)
  if (typeof value === 'string') return key === 'size' ? value.length : undefined
  if (!isMap(value)) return undefined
  if (Object.hasOwn(value, key)) return value[key]
  return key === 'size' ? Object.keys(value).length : undefined
}

function memberOfList(list: readonly LiquidValue[], key: string): LiquidValue {
  if (key === 'size') return list.length
  if (key === 'first') return list[0]
  return key === 'last' ? list.at(-1) : undefined
}

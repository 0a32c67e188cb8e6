import type { Cursor } from './cursor.ts'
import { type Evaluate, readExpression } from './expression.ts'
import { type Filter, filters } from './filters.ts'
import { TemplateError } from './template-error.ts'

/** Reads an expression and the filters behind it, up to the end of the tag. */
export function readFiltered(cursor: Cursor): Evaluate {
  const { result: expression, reads } = cursor.noting(() => readExpression(cursor))
  const steps: FilterCall[] = []
  while (cursor.skip('|')) steps.push(readFilter(cursor))
  for (const { filters } of reads) filters.push(...steps.map(({ name }) => name))
  cursor.end()
  if (steps.length === 0) return expression
  return (run) => {
    let value = expression(run)
    for (const { filter, args } of steps)
      value = filter(
        value,
        args.map((arg) => arg(run)),
        run,
      )
    return value
  }
}

interface FilterCall {
  readonly name: string
  readonly filter: Filter
  readonly args: readonly Evaluate[]
}

function readFilter(cursor: Cursor): FilterCall {
  const { offset } = cursor
  const name = cursor.takeNewName()
  cursor.notes?.filters.push({ name, offset })
  const filter = filters.get(name) ?? missingFilter(name, offset, cursor)
  if (!cursor.skip(':')) return { name, filter, args: [] }
  const args = [readArgument(cursor)]
  while (cursor.skip(',')) args.push(readArgument(cursor))
  return { name, filter, args }
}

/** Whoever takes notes wants to know of all of them. */
function missingFilter(name: string, offset: number, { notes }: Cursor): Filter {
  if (notes) return (value) => value
  throw new TemplateError(`there is no filter ${JSON.stringify(name)}`, offset)
}

/** `key: value` is a map of that one pair. */
function readArgument(cursor: Cursor): Evaluate {
  if (!cursor.isAtKey() || !cursor.isAt(':', 1)) return readExpression(cursor)
  const key = cursor.take().text
  cursor.expect(':')
  const value = readExpression(cursor)
  return (run) => Object.fromEntries([[key, value(run)]])
}

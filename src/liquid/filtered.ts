import type { Cursor } from './cursor.ts'
import { type Evaluate, readExpression } from './expression.ts'
import { type Filter, filters } from './filters.ts'
import { TemplateError } from './template-error.ts'

/** Reads an expression and the filters behind it, up to the end of the tag. */
export function readFiltered(cursor: Cursor): Evaluate {
  const expression = readExpression(cursor)
  const steps: FilterCall[] = []
  while (cursor.skip('|')) steps.push(readFilter(cursor))
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
  readonly filter: Filter
  readonly args: readonly Evaluate[]
}

function readFilter(cursor: Cursor): FilterCall {
  const name = cursor.takeNewName()
  const filter = filters.get(name)
  if (!filter) throw new TemplateError(`there is no filter ${JSON.stringify(name)}`)
  if (!cursor.skip(':')) return { filter, args: [] }
  const args = [readArgument(cursor)]
  while (cursor.skip(',')) args.push(readArgument(cursor))
  return { filter, args }
}

/** `key: value` is a map of that one pair. */
function readArgument(cursor: Cursor): Evaluate {
  if (!cursor.isAtKey() || !cursor.isAt(':', 1)) return readExpression(cursor)
  const key = cursor.take().text
  cursor.expect(':')
  const value = readExpression(cursor)
  return (run) => Object.fromEntries([[key, value(run)]])
}

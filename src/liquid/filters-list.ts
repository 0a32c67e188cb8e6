import { equalityKey } from './equality.ts'
import { argument, count } from './filter-arguments.ts'
import type { Filter } from './filters.ts'
import { isNumber } from './number.ts'
import type { Rendering } from './rendering.ts'
import { sorted, sortedNaturally } from './sort.ts'
import { TemplateError } from './template-error.ts'
import { textOf } from './text.ts'
import { elementsOf, Items, isList, isMap, type LiquidValue } from './value.ts'

/** The filters on lists; most leave what is no list as it is. */
export const listFilters: Readonly<Record<string, Filter>> = {
  first: (value, _args, run) => elementsOf(value, run)[0],
  last: (value, _args, run) => elementsOf(value, run).at(-1),
  size: (value, _args, run) => sizeOf(value, run),
  join,
  map,
  concat,
  compact: onList((list) => list.filter((element) => element !== undefined && element !== null)),
  reverse: onList((list) => list.toReversed()),
  uniq: onList(distinct),
  sort: sorted,
  sort_natural: onList(sortedNaturally),
}

function onList(change: (list: readonly LiquidValue[], run: Rendering) => readonly LiquidValue[]): Filter {
  return (value, _args, run) => (isList(value) ? new Items(change(elementsOf(value, run), run)) : value)
}

/** Of a number it is 8, the bytes of a long; of a map, a boolean or nil it is 0. */
function sizeOf(value: LiquidValue, run: Rendering): number {
  if (isList(value)) return elementsOf(value, run).length
  if (typeof value === 'string') return value.length
  return isNumber(value) ? 8 : 0
}

function join(value: LiquidValue, args: readonly LiquidValue[], run: Rendering): LiquidValue {
  if (value === undefined || value === null) return ''
  const glue = args.length > 0 ? textOf(args[0], run) : ' '
  const texts = elementsOf(value, run).map((element) => textOf(element, run))
  run.spend(glue.length * texts.length)
  return texts.join(glue)
}

function map(value: LiquidValue, args: readonly LiquidValue[], run: Rendering): LiquidValue {
  if (value === undefined || value === null) return ''
  const key = textOf(argument(args), run)
  const elements = elementsOf(value, run)
  run.spend(elements.length * STEPS_A_LOOKUP)
  const values = elements.map((element) => {
    if (!isMap(element)) throw new TemplateError('map takes a list of maps')
    return Object.hasOwn(element, key) ? element[key] : undefined
  })
  return new Items(values.filter((element) => element !== undefined && element !== null))
}

const STEPS_A_LOOKUP = 2

function concat(value: LiquidValue, args: readonly LiquidValue[], run: Rendering): LiquidValue {
  count(args, 1)
  if (!isList(args[0])) throw new TemplateError('concat takes a list')
  return new Items([...(isList(value) ? elementsOf(value, run) : []), ...elementsOf(args[0], run)])
}

function distinct(list: readonly LiquidValue[], run: Rendering): readonly LiquidValue[] {
  const seen = new Set<string>()
  return list.filter((element) => seen.size < seen.add(equalityKey(element, run)).size)
}

import { dateFilter } from './date.ts'
import { htmlFilters } from './filters-html.ts'
import { listFilters } from './filters-list.ts'
import { numberFilters } from './filters-number.ts'
import { textFilters } from './filters-text.ts'
import { urlFilters } from './filters-url.ts'
import { toJson } from './json.ts'
import type { Rendering } from './rendering.ts'
import type { LiquidValue } from './value.ts'

/** Makes a new value of one; throws what it refuses. Extra arguments are ignored except where Liqp counts them. */
export type Filter = (value: LiquidValue, args: readonly LiquidValue[], run: Rendering) => LiquidValue

/** All filters there are, by name: Liqp's and Studio's own `to_json` (engine.md 4.4). */
export const filters: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  ...Object.entries(numberFilters),
  ...Object.entries(textFilters),
  ...Object.entries(listFilters),
  ...Object.entries(htmlFilters),
  ...Object.entries(urlFilters),
  ['date', dateFilter],
  ['to_json', (value, _args, run) => toJson(value, run)],
])

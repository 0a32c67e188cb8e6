import type { Read } from '../liquid/references.ts'
import type { LintedFlow } from './linted-flow.ts'
import type { Places } from './ways.ts'

/** A read of something that must have been made before, and the place to point at. */
export interface Use {
  readonly key: string
  readonly place: { readonly widget: string; readonly path: string; readonly offset: number }
}

/**
 * What reachable templates read without a word on what happens when it is not there: no `if` that asks for it, no
 * `default`. `keyOf` names what a path is about, if it is of interest.
 */
export function unprepared(
  { templates, reached }: LintedFlow,
  keyOf: (path: Read['path']) => string | undefined,
): readonly Use[] {
  return templates.flatMap(({ widget, path, references: { reads } }) => {
    if (!reached.has(widget.name)) return []
    const tested = new Set(reads.filter(({ isTested }) => isTested).map((read) => keyOf(read.path)))
    return reads.flatMap((read) => {
      const key = keyOf(read.path)
      if (key === undefined || tested.has(key) || read.filters.includes('default')) return []
      return [{ key, place: { widget: widget.name, path, offset: read.offset } }]
    })
  })
}

/** The widgets that can come after one of these, as far as these are reached. */
export function placesAfter({ ways, reached }: LintedFlow, names: Iterable<string>): Places {
  return ways.after([...names].filter((name) => reached.has(name)))
}

import type { Positions } from '../../picture/drawable.ts'
import { uncovered } from '../../picture/positions.ts'
import type { Words } from '../../picture/words.ts'
import type { Placed } from '../document/placed.ts'

/** How a flow was drawn when it was first seen. */
export interface Sight {
  readonly all: ReadonlySet<Placed>
  /** Where the file puts its widgets. */
  readonly file: Positions
  /** Where they were drawn, so that none covered another. */
  readonly drawn: Positions
}

/** Draws a flow for the first time. */
export function firstSight(all: readonly Placed[], file: Positions, words: Words): Sight {
  return { all: new Set(all), file, drawn: uncovered(all, file, words) }
}

/** Whether a flow has nothing left of what was seen: it was put in the place of the other. */
export function isAnother(all: readonly Placed[], sight: Sight | undefined): boolean {
  return !sight || (all.length > 0 && !all.some((one) => sight.all.has(one)))
}

/** Where widgets are drawn: as they were seen first, unless somebody has moved them since; those stand where they were put, whatever they cover. */
export function asSeen(file: Positions, sight: Sight | undefined): Positions {
  if (!sight) return file
  return new Map(
    [...file].map(([id, point]) => {
      const before = sight.file.get(id)
      const isMoved = before?.x !== point.x || before.y !== point.y
      return [id, (!isMoved && sight.drawn.get(id)) || point]
    }),
  )
}

import type { JsonObject } from '../../flow/record.ts'
import { wayFree } from '../../picture/apart.ts'
import { boxOf } from '../../picture/drawable.ts'
import { exitsOf } from '../../picture/exits.ts'
import type { Box } from '../../picture/geometry.ts'
import type { Words } from '../../picture/words.ts'
import { put } from './json.ts'
import { placedIn } from './placed.ts'

/** Widgets where their cards cover none of those that are there: all go the same way, so that they keep their places among themselves. */
export function setDown(widgets: readonly JsonObject[], there: readonly Box[], words: Words): readonly JsonObject[] {
  const placed = placedIn({ states: widgets })
  const boxes = placed.flatMap((one) => (one.offset ? [boxOf(exitsOf(one, words), one.offset)] : []))
  const { x, y } = wayFree(boxes, there)
  return placed.map(({ json, offset }) =>
    offset ? put(put(json, [...OFFSET, 'x'], offset.x + x), [...OFFSET, 'y'], offset.y + y) : json,
  )
}

const OFFSET = ['properties', 'offset'] as const

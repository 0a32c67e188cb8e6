import { apart } from './apart.ts'
import { boxesOf, type Drawable, ORIGIN, type Positions } from './drawable.ts'
import type { Words } from './words.ts'

/** Whether a file says too little of where its widgets stand: some have no offset, or all have the same. */
export function needsLayout(all: readonly Drawable[]): boolean {
  return isPile(all) || all.some(({ offset }) => !offset)
}

/** The offsets of the file, and a layout's where the file says nothing, or puts everything in one place. */
export function positionsOf(all: readonly Drawable[], layout: Positions): Positions {
  const hasOwn = !isPile(all)
  return new Map(all.map(({ id, offset }) => [id, (hasOwn && offset) || (layout.get(id) ?? ORIGIN)]))
}

/** The same positions, but that no card covers another: ours are larger than Studio's. */
export function uncovered(all: readonly Drawable[], positions: Positions, words: Words): Positions {
  return apart(boxesOf(all, positions, words))
}

function isPile(all: readonly Drawable[]): boolean {
  return all.length > 1 && new Set(all.map(({ offset }) => offset && `${offset.x},${offset.y}`)).size === 1
}

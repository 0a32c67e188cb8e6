import type { Offset, Placed } from '../document/placed.ts'

/** Where widgets stand, by their ids. */
export type Positions = ReadonlyMap<string, Offset>

/** Whether a file says too little of where its widgets stand: some have no offset, or all have the same. */
export function needsLayout(all: readonly Placed[]): boolean {
  const [first, ...rest] = all
  if (all.some(({ offset }) => !offset)) return true
  return rest.length > 0 && rest.every(({ offset }) => offset?.x === first?.offset?.x && offset?.y === first?.offset?.y)
}

/** The offsets of the file, and a layout's where the file says nothing, or puts everything in one place. */
export function positionsOf(all: readonly Placed[], layout: Positions): Positions {
  const own = new Set(all.map(({ offset }) => offset && `${offset.x},${offset.y}`))
  const isPile = own.size === 1 && all.length > 1
  return new Map(all.map(({ id, offset }) => [id, (!isPile && offset) || (layout.get(id) ?? ORIGIN)]))
}

const ORIGIN: Offset = { x: 0, y: 0 }

import type { Positions } from './drawable.ts'
import { type Box, overlap, type Point } from './geometry.ts'
import { onGrid } from './grid.ts'

/**
 * Where boxes stand when none covers another. A box that is covered goes right or down, away from what covers it, no
 * further than it must; all others stay, and so does the first, where a flow begins.
 */
export function apart(boxes: ReadonlyMap<string, Box>): Positions {
  const stood: Stood[] = []
  const [first, ...others] = boxes
  const inOrder = others.sort(([, one], [, other]) => one.y - other.y || one.x - other.x)
  const places = new Map<string, Point>()
  for (const [id, box] of first ? [first, ...inOrder] : []) {
    const { x, y } = freed(box, stood)
    stood.push({ at: { ...box, x, y }, from: box })
    places.set(id, { x, y })
  }
  return new Map([...boxes.keys()].map((id) => [id, places.get(id) ?? { x: 0, y: 0 }]))
}

/** A box where it is drawn, and where it came from. */
interface Stood {
  readonly at: Box
  readonly from: Box
}

function freed(box: Box, stood: readonly Stood[]): Point {
  const covering = stood.find(({ at }) => overlap(at, box))
  if (!covering) return box
  const others = stood.map(({ at }) => at)
  return isBeside(box, covering.from) ? rightOf(box, others) : freeBelow(box, others)
}

/** Whether a box stands beside another rather than below it, measured by their sizes. */
function isBeside(box: Box, other: Box): boolean {
  return (box.x - other.x) / other.width > Math.abs(box.y - other.y) / other.height
}

/** One way from left to right is enough: what was passed is never met again. */
function rightOf(box: Box, others: readonly Box[]): Point {
  const inOrder = others.toSorted((one, other) => one.x - other.x)
  const past = (x: number, other: Box) => (overlap({ ...box, x }, other) ? onGrid(other.x + other.width + GAP) : x)
  return { x: inOrder.reduce(past, box.x), y: box.y }
}

/** The next place straight down where a box covers none of the others. */
export function freeBelow(box: Box, others: readonly Box[]): Point {
  const inOrder = others.toSorted((one, other) => one.y - other.y)
  const past = (y: number, other: Box) => (overlap({ ...box, y }, other) ? onGrid(other.y + other.height + GAP) : y)
  return { x: box.x, y: inOrder.reduce(past, box.y) }
}

/** How far boxes that keep their places among themselves go, right or down, whichever is nearer, until none covers any of the others. */
export function wayFree(group: readonly Box[], others: readonly Box[]): Point {
  const right = downFree(group.map(turned), others.map(turned))
  const down = downFree(group, others)
  return right < down ? { x: right, y: 0 } : { x: 0, y: down }
}

/** What is passed on the way down is never met again, so this comes to an end. */
function downFree(group: readonly Box[], others: readonly Box[]): number {
  for (let down = 0; ; ) {
    const needed = group.flatMap((box) => {
      const covered = others.find((other) => overlap({ ...box, y: box.y + down }, other))
      return covered ? onGrid(covered.y + covered.height + GAP - box.y) : []
    })
    if (needed.length === 0) return down
    down = Math.max(...needed)
  }
}

/** Right for down. */
function turned({ x, y, width, height }: Box): Box {
  return { x: y, y: x, width: height, height: width }
}

/** How much room is left between a box that was moved and what covered it; onto the grid it loses less than half of a step. */
const GAP = 20

import type { Line } from './drawing.ts'
import type { Point } from './geometry.ts'

/** The path of a line: a curve downward, or corners where it goes back up beside the cards. */
export function pathOf({ from, to, side }: Pick<Line, 'from' | 'to' | 'side'>): string {
  if (side !== undefined) return roundedPath(wayRound(from, to, side))
  const middle = (from.y + to.y) / 2
  return `M${at(from)} C${at({ x: from.x, y: middle })} ${at({ x: to.x, y: middle })} ${at(to)}`
}

/** The corners of a line that goes back up, from its first point to its last. */
export function wayRound(from: Point, to: Point, side: number): readonly Point[] {
  const below = from.y + STUB
  const above = to.y - STUB
  return [from, { x: from.x, y: below }, { x: side, y: below }, { x: side, y: above }, { x: to.x, y: above }, to]
}

/** How far a line goes straight before it turns. */
const STUB = 16
const RADIUS = 8

function roundedPath(points: readonly Point[]): string {
  const turns = points.slice(1, -1).map((corner, index) => {
    const before = towards(corner, points[index] ?? corner)
    const after = towards(corner, points[index + 2] ?? corner)
    return `L${at(before)} Q${at(corner)} ${at(after)}`
  })
  const [first = ORIGIN, last = ORIGIN] = [points[0], points.at(-1)]
  return [`M${at(first)}`, ...turns, `L${at(last)}`].join(' ')
}

const ORIGIN: Point = { x: 0, y: 0 }

/** A point near a corner on the way to another: no further than half of the way, so that two corners never meet. */
function towards(corner: Point, other: Point): Point {
  const length = Math.hypot(other.x - corner.x, other.y - corner.y)
  const share = length === 0 ? 0 : Math.min(RADIUS / length, 0.5)
  return { x: corner.x + (other.x - corner.x) * share, y: corner.y + (other.y - corner.y) * share }
}

function at({ x, y }: Point): string {
  return `${rounded(x)},${rounded(y)}`
}

/** Two decimals are finer than any screen. */
function rounded(value: number): number {
  return Math.round(value * 100) / 100
}

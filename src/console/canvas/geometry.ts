import type { Box } from '../../picture/geometry.ts'

/** An edge that goes back up, and all that it must not run over. */
export interface Back {
  readonly from: Box
  readonly to: Box
  /** Where its dot is, from the left. */
  readonly start: number
  readonly boxes: readonly Box[]
}

/** Where an edge that goes back up runs: as near as can be, but beside every card that is as high as it. */
export function sideOf({ from, to, start, boxes }: Back): number {
  const passed = boxes.filter(({ y, height }) => y < from.y + from.height + CLEARANCE && y + height > to.y - CLEARANCE)
  const beside = passed.flatMap(({ x, width }) => [x - CLEARANCE, x + width + CLEARANCE])
  const free = beside.filter((side) => !passed.some(({ x, width }) => x - NEAREST < side && side < x + width + NEAREST))
  const end = to.x + to.width / 2
  const detour = (side: number) => Math.abs(side - start) + Math.abs(side - end)
  return free.reduce((best, side) => (detour(side) < detour(best) ? side : best), Math.min(...beside))
}

/** How far an edge stays away from cards, and how near it may come to one between two. */
const CLEARANCE = 24
const NEAREST = 12

/** Whether two boxes cover some of the same ground. */
export function overlap(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  )
}

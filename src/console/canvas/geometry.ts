import type { Offset } from '../document/placed.ts'

/** A rectangle of the canvas. */
export interface Box extends Offset {
  readonly width: number
  readonly height: number
}

/** Every card is as high as this; its text is cut, so that it cannot blow the card up. */
export const CARD_HEIGHT = 112
const CARD_WIDTH = 240
const EXIT_WIDTH = 70

/** How wide the card of a widget with so many exits is. */
export function cardWidth(exits: number): number {
  return Math.max(CARD_WIDTH, exits * EXIT_WIDTH)
}

/** Whether an edge from one card to another goes back up, and so is led round the side. */
export function goesBack(from: Box, to: Box): boolean {
  return to.y < from.y + from.height
}

/** Where an edge that goes back up runs: between the cards where there is room, else beside both, on the nearer side. */
export function sideOf(from: Box, to: Box, start: number): number {
  const [left, right] = from.x <= to.x ? [from, to] : [to, from]
  const gap = right.x - (left.x + left.width)
  if (gap >= 2 * CLEARANCE) return left.x + left.width + gap / 2
  const leftmost = Math.min(from.x, to.x) - CLEARANCE
  const rightmost = Math.max(from.x + from.width, to.x + to.width) + CLEARANCE
  return start - leftmost < rightmost - start ? leftmost : rightmost
}

/** How far an edge stays away from cards. */
const CLEARANCE = 24

/** Whether two boxes cover some of the same ground. */
export function overlap(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  )
}

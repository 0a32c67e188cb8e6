/** A point of the canvas. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** A rectangle of the canvas. */
export interface Box extends Point {
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

/** Where an exit's dot is: along the bottom edge of its card. */
export function dotOf(card: Box, place: number, exits: number): Point {
  return { x: card.x + ((place + 0.5) * card.width) / exits, y: card.y + card.height }
}

/** Where transitions arrive: the middle of a card's upper edge. */
export function arrivalOf(card: Box): Point {
  return { x: card.x + card.width / 2, y: card.y }
}

/** Whether two boxes cover some of the same ground. */
export function overlap(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  )
}

/** Whether an edge from one card to another goes back up, and so is led round the side. */
export function goesBack(from: Box, to: Box): boolean {
  return to.y < from.y + from.height
}

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

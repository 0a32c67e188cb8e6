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

import { type Exit, exitsOf, type Leaving } from './exits.ts'
import { type Box, CARD_HEIGHT, cardWidth, type Point } from './geometry.ts'
import type { Words } from './words.ts'

/** A widget as far as it is drawn: one of a definition, or whatever a file holds. */
export interface Drawable extends Leaving {
  /** Tells it from all others; its name, where no other has that. */
  readonly id: string
  readonly name: string
  /** Where the file puts it. */
  readonly offset: Point | undefined
}

/** Where widgets stand, by their ids: the upper left corners of their cards. */
export type Positions = ReadonlyMap<string, Point>

/** The ground that the card of a widget covers. */
export function boxOf(exits: readonly Exit[], { x, y }: Point): Box {
  return { x, y, width: cardWidth(exits.length), height: CARD_HEIGHT }
}

/** The cards of all widgets where they stand, by their ids. */
export function boxesOf(all: readonly Drawable[], positions: Positions, words: Words): ReadonlyMap<string, Box> {
  return new Map(all.map((one) => [one.id, boxOf(exitsOf(one, words), positions.get(one.id) ?? ORIGIN)]))
}

/** Where a widget stands of which nothing is known. */
export const ORIGIN: Point = { x: 0, y: 0 }

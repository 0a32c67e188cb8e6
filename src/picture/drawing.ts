import type { FlowDefinition, PlacedWidget } from '../flow/definition.ts'
import { type Exit, exitsOf } from './exits.ts'
import { arrivalOf, type Box, CARD_HEIGHT, cardWidth, dotOf, goesBack, type Point, sideOf } from './geometry.ts'
import { positionsOf } from './layout.ts'
import { summaryOf } from './summary.ts'
import { numbersOf, type Walk } from './walk.ts'
import { titleOf, type Words } from './words.ts'

/** A flow as it is to be drawn: everything in its place. */
export interface Drawing {
  readonly cards: readonly Card[]
  readonly lines: readonly Line[]
}

/** What a card shows of its widget. */
export interface Card {
  readonly box: Box
  readonly name: string
  readonly title: string
  readonly summary: string
  /** The group of the widget library, which gives it its colour. */
  readonly group: string
  readonly exits: readonly DrawnExit[]
  /** Whether the execution waits here. */
  readonly isStood: boolean
}

/** An exit, and the numbers of the steps by it. */
export interface DrawnExit extends Exit {
  readonly dot: Point
  readonly numbers: readonly number[]
}

/** A transition from an exit's dot to a card; with a side, it goes back up there. */
export interface Line {
  readonly from: Point
  readonly to: Point
  readonly side: number | undefined
  readonly isWalked: boolean
}

/** Lays a flow out as the canvas does, with an execution's way through it. */
export function drawingOf(definition: FlowDefinition, words: Words, walk?: Walk): Drawing {
  const positions = positionsOf(definition, words)
  const cards = definition.states.map((placed) => {
    return cardOf({ placed, words, walk, at: positions.get(placed.name) ?? { x: 0, y: 0 } })
  })
  const byName = new Map(cards.map((card) => [card.name, card.box]))
  return { cards, lines: cards.flatMap((card) => linesFrom(card, byName)) }
}

interface Placing {
  readonly placed: PlacedWidget
  readonly words: Words
  readonly walk: Walk | undefined
  readonly at: Point
}

function cardOf({ placed, words, walk, at }: Placing): Card {
  const exits = exitsOf(placed, words)
  const box = { ...at, width: cardWidth(exits.length), height: CARD_HEIGHT }
  return {
    box,
    name: placed.name,
    title: titleOf(words, placed.type),
    summary: summaryOf(placed),
    group: placed.type === 'trigger' ? 'Trigger' : (words.get(placed.type)?.library.group ?? 'Unknown'),
    exits: exits.map((exit, place) => {
      return { ...exit, dot: dotOf(box, place, exits.length), numbers: numbersOf(walk, placed, exit) }
    }),
    isStood: walk?.stands === placed.name,
  }
}

function linesFrom({ box, exits }: Card, byName: ReadonlyMap<string, Box>): Line[] {
  return exits.flatMap(({ next, dot, numbers }) => {
    const target = next === undefined ? undefined : byName.get(next)
    if (!target) return []
    const side = goesBack(box, target) ? sideOf(box, target, dot.x) : undefined
    return [{ from: dot, to: arrivalOf(target), side, isWalked: numbers.length > 0 }]
  })
}

import type { FlowDefinition, PlacedWidget } from '../flow/definition.ts'
import { own } from '../flow/record.ts'
import { boxOf, type Drawable, ORIGIN } from './drawable.ts'
import { type Exit, exitsOf } from './exits.ts'
import { arrivalOf, type Box, dotOf, goesBack, type Point, sideOf } from './geometry.ts'
import { laidOut } from './layered.ts'
import { needsLayout, positionsOf, uncovered } from './positions.ts'
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
  const all = definition.states.map(drawable)
  const layout = needsLayout(all) ? laidOut(all, words) : NO_LAYOUT
  const positions = uncovered(all, positionsOf(all, layout), words)
  const cards = definition.states.map((placed) => {
    return cardOf({ placed, words, walk, at: positions.get(placed.name) ?? ORIGIN })
  })
  const byName = new Map(cards.map((card) => [card.name, card.box]))
  return { cards, lines: cards.flatMap((card) => linesFrom(card, byName)) }
}

const NO_LAYOUT = new Map<string, Point>()

function drawable({ name, type, transitions, properties }: PlacedWidget): Drawable {
  const [x, y] = [own(properties.offset, 'x'), own(properties.offset, 'y')]
  const offset = Number.isFinite(x) && Number.isFinite(y) ? { x: Number(x), y: Number(y) } : undefined
  return { id: name, name, type, transitions, offset }
}

interface Placing {
  readonly placed: PlacedWidget
  readonly words: Words
  readonly walk: Walk | undefined
  readonly at: Point
}

function cardOf({ placed, words, walk, at }: Placing): Card {
  const exits = exitsOf(placed, words)
  const box = boxOf(exits, at)
  return {
    box,
    name: placed.name,
    title: titleOf(words, placed.type),
    summary: summaryOf(placed),
    group: placed.type === 'trigger' ? 'Trigger' : (words.get(placed.type)?.group ?? 'Unknown'),
    exits: exits.map((exit, place) => {
      return { ...exit, dot: dotOf(box, place, exits.length), numbers: numbersOf(walk, placed, exit) }
    }),
    isStood: walk?.stands === placed.name,
  }
}

function linesFrom({ box, exits }: Card, byName: ReadonlyMap<string, Box>): Line[] {
  const boxes = [...byName.values()]
  return exits.flatMap(({ next, dot, numbers }) => {
    const target = next === undefined ? undefined : byName.get(next)
    if (!target) return []
    const side = goesBack(box, target) ? sideOf({ from: box, to: target, start: dot.x, boxes }) : undefined
    return [{ from: dot, to: arrivalOf(target), side, isWalked: numbers.length > 0 }]
  })
}

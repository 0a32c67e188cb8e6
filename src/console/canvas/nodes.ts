import { type Edge, type Node, type NodeHandle, Position } from '@xyflow/react'
import type { Positions } from '../../picture/drawable.ts'
import type { Exit } from '../../picture/exits.ts'
import { type Box, CARD_HEIGHT, goesBack, sideOf } from '../../picture/geometry.ts'
import type { Catalogue } from '../document/catalogue.ts'
import type { Offset, Placed } from '../document/placed.ts'
import type { Problem } from '../document/problem.ts'
import { type Card, cardOf } from './card.ts'
import { edgeId, type Path } from './path.ts'

/** A card on the canvas. */
export type WidgetNode = Node<WidgetData, 'widget'>

/** What a card shows. */
interface WidgetData extends Record<string, unknown> {
  readonly card: Card
  readonly problem: Problem['severity'] | undefined
  /** Which steps of an execution were taken there; undefined where no execution is shown. */
  readonly steps: readonly number[] | undefined
  /** What has become of it, where two revisions are compared. */
  readonly mark: Mark | undefined
}

/** What has become of a widget from one revision to another. */
export type Mark = 'added' | 'removed' | 'changed'

/** A transition on the canvas: down in a curve, or back up along a side. */
export type TransitionEdge = Edge<EdgeData, 'transition'>

interface EdgeData extends Record<string, unknown> {
  readonly side: number | undefined
  /** Whether an execution has gone there; undefined where none is shown. */
  readonly isTaken: boolean | undefined
  /** How many executions have gone there; undefined where that is not shown. */
  readonly count: number | undefined
}

/** What the canvas is made of. */
export interface Drawn {
  readonly placed: readonly Placed[]
  readonly positions: Positions
  readonly catalogue: Catalogue
  readonly selection: readonly string[]
  readonly problems: ReadonlyMap<string, readonly Problem[]>
  /** The way that an execution has taken. */
  readonly path?: Path | undefined
  /** How many executions have taken an edge, by its id. */
  readonly counts?: ReadonlyMap<string, number> | undefined
  /** What has become of widgets, by their ids. */
  readonly marks?: ReadonlyMap<string, Mark> | undefined
}

/** A card for each widget. A card of which nothing has changed stays the same object, so that it is not drawn again. */
export function nodesOf(drawn: Drawn, before: readonly WidgetNode[]): WidgetNode[] {
  const known = new Map(before.map((node) => [node.id, node]))
  const selection = new Set(drawn.selection)
  return drawn.placed.map((placed) => {
    const selected = selection.has(placed.id)
    return nodeOf(placed, { ...drawn, selected }, known.get(placed.id))
  })
}

interface DrawnNode extends Drawn {
  readonly selected: boolean
}

function nodeOf(placed: Placed, drawn: DrawnNode, before: WidgetNode | undefined): WidgetNode {
  const { catalogue, positions, problems, path, marks, selected } = drawn
  const card = cardOf(placed, catalogue)
  const position = positions.get(placed.id) ?? { x: 0, y: 0 }
  const problem = worst(problems.get(placed.id))
  const steps = path && (path.steps.get(placed.id) ?? NO_STEPS)
  const mark = marks?.get(placed.id)
  const isSame =
    before?.data.card === card &&
    before.data.problem === problem &&
    before.data.steps === steps &&
    before.data.mark === mark &&
    before.selected === selected &&
    before.position.x === position.x &&
    before.position.y === position.y
  if (isSame) return before
  return {
    ...before,
    id: placed.id,
    type: 'widget',
    position,
    data: { card, problem, steps, mark },
    selected,
    width: card.width,
    height: CARD_HEIGHT,
    measured: { width: card.width, height: CARD_HEIGHT },
    handles: handlesOf(card),
    ariaLabel: `${card.title}: ${card.name || 'no name'}`,
  }
}

const NO_STEPS: readonly number[] = []

/** Where the dots of a card are: known beforehand, a card that is out of sight need not be drawn to be measured. */
function handlesOf({ width, exits, isTrigger }: Card): NodeHandle[] {
  const top = { type: 'target', position: Position.Top, ...dotAt(width / 2, 0) } as const
  const bottom = exits.map(({ key }, place): NodeHandle => {
    const dot = dotAt(((place + 0.5) * width) / exits.length, CARD_HEIGHT)
    return { id: key, type: 'source', position: Position.Bottom, ...dot }
  })
  return isTrigger ? bottom : [top, ...bottom]
}

const DOT = 9

function dotAt(x: number, y: number) {
  return { x: x - DOT / 2, y: y - DOT / 2, width: DOT, height: DOT }
}

function worst(problems: readonly Problem[] | undefined): Problem['severity'] | undefined {
  if (!problems?.length) return undefined
  return problems.some(({ severity }) => severity === 'error') ? 'error' : 'warning'
}

/** An edge for each exit that leads to a widget. */
export function edgesOf(
  { placed, positions, catalogue, path, counts }: Drawn,
  selected: string | undefined,
): TransitionEdge[] {
  const targets = new Map(placed.map((one) => [one.name, one]))
  const boxes = new Map(placed.map((one) => [one.id, boxOf(cardOf(one, catalogue), positions.get(one.id))]))
  const all = [...boxes.values()]
  return placed.flatMap((one) => {
    const card = cardOf(one, catalogue)
    const from = boxes.get(one.id)
    return card.exits.flatMap((exit, place) => {
      const target = exit.next === undefined ? undefined : targets.get(exit.next)
      const to = target && boxes.get(target.id)
      if (!from || !to) return []
      const start = from.x + ((place + 0.5) * card.width) / card.exits.length
      const side = goesBack(from, to) ? sideOf({ from, to, start, boxes: all }) : undefined
      return [edgeOf(one.id, exit, target.id, { side, selected, path, counts })]
    })
  })
}

function boxOf({ width }: Card, position: Offset = { x: 0, y: 0 }): Box {
  return { ...position, width, height: CARD_HEIGHT }
}

interface EdgeLook {
  readonly side: number | undefined
  readonly selected: string | undefined
  readonly path: Path | undefined
  readonly counts: ReadonlyMap<string, number> | undefined
}

function edgeOf(source: string, { key }: Exit, target: string, look: EdgeLook): TransitionEdge {
  const { side, selected, path, counts } = look
  const id = edgeId(source, key)
  const ends = { source, sourceHandle: key, target, reconnectable: 'target' } as const
  const data = { side, isTaken: path?.edges.has(id), count: counts?.get(id) }
  return {
    id,
    type: 'transition',
    ...ends,
    data,
    selected: id === selected,
  }
}

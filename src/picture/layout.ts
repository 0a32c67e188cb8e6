import { Graph, layout } from '@dagrejs/dagre'
import { type FlowDefinition, leadsTo, type PlacedWidget } from '../flow/definition.ts'
import { own } from '../flow/record.ts'
import { exitsOf } from './exits.ts'
import { CARD_HEIGHT, cardWidth, type Point } from './geometry.ts'
import { onGrid } from './grid.ts'
import type { Words } from './words.ts'

/** Where each widget stands, by its name: as the export says, or in layers where that says too little. */
export function positionsOf({ states }: FlowDefinition, words: Words): ReadonlyMap<string, Point> {
  const offsets = states.map(offsetOf)
  const places = new Set(offsets.map((offset) => offset && `${offset.x},${offset.y}`))
  const isPile = places.size === 1 && states.length > 1
  if (isPile || places.has(undefined)) return inLayers(states, words)
  return new Map(states.map(({ name }, index) => [name, offsets[index] ?? { x: 0, y: 0 }]))
}

function offsetOf({ properties }: PlacedWidget): Point | undefined {
  const x = own(properties.offset, 'x')
  const y = own(properties.offset, 'y')
  return Number.isFinite(x) && Number.isFinite(y) ? { x: Number(x), y: Number(y) } : undefined
}

/** Widgets in layers, each below whatever leads to it; no two cards overlap. */
function inLayers(states: readonly PlacedWidget[], words: Words): ReadonlyMap<string, Point> {
  if (states.length > MOST_UNTANGLED) return inRows(states, words)
  const graph = graphOf(states, words)
  layout(graph)
  return new Map(
    states.map(({ name }) => {
      const { x = 0, y = 0, width = 0 } = graph.node(name)
      return [name, { x: onGrid(x - width / 2), y: onGrid(y - CARD_HEIGHT / 2) }]
    }),
  )
}

function graphOf(states: readonly PlacedWidget[], words: Words) {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'TB', nodesep: COLUMN_GAP, edgesep: 20, ranksep: ROW_GAP })
  graph.setDefaultEdgeLabel(() => ({}))
  const names = new Set(states.map(({ name }) => name))
  for (const placed of states) {
    const exits = exitsOf(placed, words)
    graph.setNode(placed.name, { width: cardWidth(exits.length), height: CARD_HEIGHT })
    for (const [place, { next }] of exits.entries()) {
      if (next !== undefined && names.has(next) && next !== placed.name)
        graph.setEdge(placed.name, next, {}, String(place))
    }
  }
  return graph
}

/** dagre takes a level of the stack for each layer, and minutes for thousands of widgets. */
const MOST_UNTANGLED = 500

/** Widgets in rows by how far they are from the first one; those that it does not lead to come last. */
function inRows(states: readonly PlacedWidget[], words: Words): ReadonlyMap<string, Point> {
  const rows = rowsOf(states)
  const ends = new Map<number, number>()
  return new Map(
    states.map((placed) => {
      const row = rows.get(placed.name) ?? 0
      const x = ends.get(row) ?? 0
      ends.set(row, x + cardWidth(exitsOf(placed, words).length) + COLUMN_GAP)
      return [placed.name, { x, y: row * (CARD_HEIGHT + ROW_GAP) }]
    }),
  )
}

function rowsOf(states: readonly PlacedWidget[]): ReadonlyMap<string, number> {
  const byName = new Map(states.map((placed) => [placed.name, placed]))
  const rows = new Map<string, number>(states.slice(0, 1).map(({ name }) => [name, 0]))
  for (const [name, row] of rows) {
    for (const transition of byName.get(name)?.transitions ?? []) {
      const next = leadsTo(transition)
      if (next !== undefined && !rows.has(next)) rows.set(next, row + 1)
    }
  }
  const last = [...rows.values()].at(-1) ?? 0
  return new Map(states.map(({ name }) => [name, rows.get(name) ?? last + 1]))
}

const COLUMN_GAP = 60
const ROW_GAP = 80

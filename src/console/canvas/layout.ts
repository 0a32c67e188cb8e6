import { Graph, layout } from '@dagrejs/dagre'
import { CARD_HEIGHT, cardWidth } from '../../picture/geometry.ts'
import { onGrid } from '../../picture/grid.ts'
import type { Catalogue } from '../document/catalogue.ts'
import { exitsOf } from '../document/exits.ts'
import type { Placed } from '../document/placed.ts'
import type { Positions } from './positions.ts'
import { type Arrow, inRows, type Laying, lengthOf } from './rows.ts'

/** Widgets in layers, each below whatever leads to it where that can be; no two cards overlap. */
export function laidOut(all: readonly Placed[], catalogue: Catalogue): Positions {
  const laying = { cards: all.map((placed) => cardIn(placed, catalogue)), arrows: arrowsOf(all, catalogue) }
  return lengthOf(laying) > LONGEST ? inRows(laying) : inLayers(laying)
}

/** A graph whose arrows pass through more layers than this takes minutes: a layer is a node more in each arrow. */
const LONGEST = 4_000
const SPACE = { nodesep: 60, edgesep: 20, ranksep: 80 } as const

function inLayers({ cards, arrows }: Laying): Positions {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'TB', ...SPACE })
  for (const { id, width } of cards) graph.setNode(id, { width, height: CARD_HEIGHT })
  for (const { from, to, key } of arrows) graph.setEdge(from, to, {}, key)
  layout(graph)
  return new Map(
    cards.map(({ id }) => {
      const { x = 0, y = 0, width = 0 } = graph.node(id)
      return [id, { x: onGrid(x - width / 2), y: onGrid(y - CARD_HEIGHT / 2) }]
    }),
  )
}

function cardIn(placed: Placed, catalogue: Catalogue) {
  return { id: placed.id, width: cardWidth(exitsOf(placed, catalogue).length) }
}

function arrowsOf(all: readonly Placed[], catalogue: Catalogue): readonly Arrow[] {
  const ids = new Map(all.map(({ name, id }) => [name, id]))
  return all.flatMap((placed) =>
    exitsOf(placed, catalogue).flatMap(({ next, key }) => {
      const to = next === undefined ? undefined : ids.get(next)
      return to === undefined || to === placed.id ? [] : [{ from: placed.id, to, key }]
    }),
  )
}

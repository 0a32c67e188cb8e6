import { Graph, layout } from '@dagrejs/dagre'
import type { Drawable, Positions } from './drawable.ts'
import { exitsOf } from './exits.ts'
import { CARD_HEIGHT, cardWidth } from './geometry.ts'
import { onGrid } from './grid.ts'
import { type Arrow, inRows, type Laying, sizeOf } from './rows.ts'
import type { Words } from './words.ts'

/** Widgets in layers, each below whatever leads to it where that can be; no two cards overlap. */
export function laidOut(all: readonly Drawable[], words: Words): Positions {
  const laying = {
    cards: all.map((one) => ({ id: one.id, width: cardWidth(exitsOf(one, words).length) })),
    arrows: arrowsOf(all, words),
  }
  const { layers, length } = sizeOf(laying)
  return layers > MOST_LAYERS || length > LONGEST ? inRows(laying) : inLayers(laying)
}

/** dagre recurses once for each layer, and takes minutes where arrows pass through many layers, because each of them adds a node to the arrow. */
const MOST_LAYERS = 500
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

function arrowsOf(all: readonly Drawable[], words: Words): readonly Arrow[] {
  const ids = new Map(all.map(({ name, id }) => [name, id]))
  return all.flatMap((one) =>
    exitsOf(one, words).flatMap(({ next, key }) => {
      const to = next === undefined ? undefined : ids.get(next)
      return to === undefined || to === one.id ? [] : [{ from: one.id, to, key }]
    }),
  )
}

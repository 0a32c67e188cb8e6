import { Graph, layout } from '@dagrejs/dagre'
import type { Catalogue } from '../document/catalogue.ts'
import { exitsOf } from '../document/exits.ts'
import type { Placed } from '../document/placed.ts'
import { CARD_HEIGHT, cardWidth } from './geometry.ts'
import { onGrid } from './grid.ts'
import type { Positions } from './positions.ts'

/** Widgets in layers, each below whatever leads to it; no two cards overlap. */
export function laidOut(all: readonly Placed[], catalogue: Catalogue): Positions {
  const graph = graphOf(all, catalogue)
  layout(graph)
  return new Map(
    all.map(({ id }) => {
      const { x = 0, y = 0, width = 0 } = graph.node(id)
      return [id, { x: onGrid(x - width / 2), y: onGrid(y - CARD_HEIGHT / 2) }]
    }),
  )
}

function graphOf(all: readonly Placed[], catalogue: Catalogue) {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'TB', nodesep: 60, edgesep: 20, ranksep: 80 })
  graph.setDefaultEdgeLabel(() => ({}))
  const ids = new Map(all.map(({ name, id }) => [name, id]))
  for (const placed of all) {
    const exits = exitsOf(placed, catalogue)
    graph.setNode(placed.id, { width: cardWidth(exits.length), height: CARD_HEIGHT })
    for (const { next, key } of exits) {
      const to = next === undefined ? undefined : ids.get(next)
      if (to !== undefined && to !== placed.id) graph.setEdge(placed.id, to, {}, key)
    }
  }
  return graph
}

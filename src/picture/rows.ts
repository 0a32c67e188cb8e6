import { grouped } from '../flow/grouped.ts'
import type { Positions } from './drawable.ts'
import { CARD_HEIGHT } from './geometry.ts'
import { onGrid } from './grid.ts'

/** What is laid out: cards, and arrows between them. */
export interface Laying {
  /** In the file's order, the flow's beginning first. */
  readonly cards: readonly { readonly id: string; readonly width: number }[]
  readonly arrows: readonly Arrow[]
}

/** An exit that leads to another card. */
export interface Arrow {
  readonly from: string
  readonly to: string
  readonly key: string
}

/** How many layers there are, and how many all arrows together pass through, as far as that can be told beforehand. */
export function sizeOf({ cards, arrows }: Laying): { readonly layers: number; readonly length: number } {
  const layers = longestWays(cards, arrows)
  const spans = arrows.map(({ from, to }) => Math.abs((layers.get(to) ?? 0) - (layers.get(from) ?? 0)))
  return {
    layers: 1 + [...layers.values()].reduce((most, layer) => Math.max(most, layer), 0),
    length: spans.reduce((sum, span) => sum + span, 0),
  }
}

/** Cards in rows by how many steps they are away from the beginning: plain, but quick however large the flow is. */
export function inRows({ cards, arrows }: Laying): Positions {
  const steps = shortestWays(cards, arrows)
  const rows = [...grouped(cards, ({ id }) => steps.get(id) ?? 0)].sort(([one], [other]) => one - other)
  return new Map(
    rows
      .flatMap(([, row]) => chunks(row, MOST_IN_A_ROW))
      .flatMap((row, place) => {
        let x = -row.reduce((width, card) => width + card.width + GAP, -GAP) / 2
        return row.map(({ id, width }): [string, { x: number; y: number }] => {
          const position = { x: onGrid(x), y: place * (CARD_HEIGHT + GAP + 28) }
          x += width + GAP
          return [id, position]
        })
      }),
  )
}

const GAP = 60
const MOST_IN_A_ROW = 24

/** The fewest steps from the first card; a card that cannot be reached begins anew below all others. */
function shortestWays(cards: Laying['cards'], arrows: readonly Arrow[]): ReadonlyMap<string, number> {
  const next = grouped(arrows, ({ from }) => from)
  const steps = new Map<string, number>()
  for (const { id } of cards) {
    if (steps.has(id)) continue
    const found = [id]
    steps.set(id, steps.size === 0 ? 0 : Math.max(...steps.values()) + 1)
    for (const from of found) {
      for (const { to } of next.get(from) ?? []) {
        if (steps.has(to)) continue
        steps.set(to, (steps.get(from) ?? 0) + 1)
        found.push(to)
      }
    }
  }
  return steps
}

/** The layer of each card, when arrows that go back are left out: one below the lowest that leads to it. */
function longestWays(cards: Laying['cards'], arrows: readonly Arrow[]): ReadonlyMap<string, number> {
  const order = new Map([...shortestWays(cards, arrows).keys()].map((id, place) => [id, place]))
  const isForward = ({ from, to }: Arrow) => (order.get(from) ?? 0) < (order.get(to) ?? 0)
  const next = grouped(arrows.filter(isForward), ({ from }) => from)
  const layers = new Map<string, number>()
  for (const from of order.keys()) {
    const layer = layers.get(from) ?? 0
    layers.set(from, layer)
    for (const { to } of next.get(from) ?? []) layers.set(to, Math.max(layers.get(to) ?? 0, layer + 1))
  }
  return layers
}

function chunks<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, place) =>
    items.slice(place * size, (place + 1) * size),
  )
}

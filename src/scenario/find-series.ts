import type { Series } from './series.ts'

/** A place among things that happened: the number of one, and how far into it. */
export interface Place {
  readonly index: number
  readonly offset: number
}

export const BEGINNING: Place = { index: 0, offset: 0 }

/** Where the last of the wanted things ends, or the first that did not come. */
export type Found<Item> = { readonly end: Place } | { readonly missing: Missing<Item> }

export interface Missing<Item> {
  readonly item: Item | undefined
  /** Its place among the wanted ones; absent where something came that nobody wanted. */
  readonly wanted?: number
  /** The thing that came in its place, where that is known. */
  readonly came?: number
}

/** How a wanted thing is compared with one that came. */
export interface Comparing<Item, Came> {
  /** How far into the one that came the wanted one ends, looked for from an offset on. */
  endIn(item: Item, came: Came, from: number): number | undefined
  /** What must not come, where that is what is wanted. */
  unwanted(item: Item): Item | undefined
}

/** Looks for things in their order among those that came, from a place on; with `only`, among all of them. */
export function findSeries<Item, Came>(
  { kind, items }: Series<Item>,
  { came, from }: { readonly came: readonly Came[]; readonly from: Place },
  comparing: Comparing<Item, Came>,
): Found<Item> {
  if (kind === 'only') return findOnly(items, came, comparing)
  let place = from
  for (const [wanted, item] of items.entries()) {
    const end = findNext(item, { came, from: place }, comparing)
    if (!end) return { missing: { item, wanted } }
    place = end
  }
  return { end: place }
}

function findOnly<Item, Came>(
  items: readonly Item[],
  came: readonly Came[],
  comparing: Comparing<Item, Came>,
): Found<Item> {
  for (const [index, item] of items.entries()) {
    const one = came[index]
    if (one === undefined) return { missing: { item, wanted: index } }
    if (comparing.endIn(item, one, 0) === undefined) return { missing: { item, wanted: index, came: index } }
  }
  if (came.length > items.length) return { missing: { item: undefined, came: items.length } }
  return { end: { index: came.length, offset: 0 } }
}

function findNext<Item, Came>(
  item: Item,
  { came, from }: { readonly came: readonly Came[]; readonly from: Place },
  comparing: Comparing<Item, Came>,
): Place | undefined {
  const unwanted = comparing.unwanted(item)
  for (const [index, one] of came.entries()) {
    if (index < from.index) continue
    const offset = comparing.endIn(unwanted ?? item, one, index === from.index ? from.offset : 0)
    if (offset !== undefined) return unwanted === undefined ? { index, offset } : undefined
  }
  return unwanted === undefined ? undefined : from
}

import { difference } from './difference.ts'
import type { Expectation } from './expectation.ts'
import { type Comparing, findSeries, type Missing, type Place } from './find-series.ts'
import type { Mismatch } from './mismatch.ts'
import type { Series } from './series.ts'

/** How things of one kind are compared and told of. */
export interface Kind<Item, Came> extends Comparing<Item, Came> {
  inWords(item: Item): string
  show(came: Came): string
  /** The text in what is wanted, where it can be laid beside what came. */
  textOf(item: Item): string | undefined
  /** What came, as far as such a text tells of it. */
  textIn(came: Came): string
}

/** Things of one kind that are expected, ready to be looked for from a place on. */
export interface Stretch {
  readonly aspect: keyof Expectation
  compare(from: Place): { readonly mismatches: readonly Mismatch[]; readonly end: Place }
}

/** Makes a stretch of what is wanted and what came; none where nothing is wanted. */
export function compareSeries<Item, Came>(
  aspect: keyof Expectation,
  wanted: Series<Item> | undefined,
  came: readonly Came[],
  kind: Kind<Item, Came>,
): readonly Stretch[] {
  if (!wanted) return []
  return [
    {
      aspect,
      compare(from) {
        const found = findSeries(wanted, { came, from }, kind)
        if ('end' in found) return { mismatches: [], end: found.end }
        return { mismatches: [mismatch({ aspect, wanted, came, kind }, found.missing)], end: from }
      },
    },
  ]
}

interface Looked<Item, Came> {
  readonly aspect: string
  readonly wanted: Series<Item>
  readonly came: readonly Came[]
  readonly kind: Kind<Item, Came>
}

function mismatch<Item, Came>({ aspect, wanted, came, kind }: Looked<Item, Came>, missing: Missing<Item>): Mismatch {
  const { item, wanted: place = 0 } = missing
  const looked = {
    path: [aspect, ...inSource(wanted, missing.wanted)],
    what: aspect,
    got: came.map((one) => kind.show(one)),
  }
  if (item === undefined) return { ...looked, expected: 'nothing more' }
  const expected = kind.inWords(item)
  if (wanted.kind !== 'only' && cameEarlier(item, came, kind))
    return { ...looked, expected: `${expected} (after what was expected before it)` }
  return {
    ...looked,
    expected: wanted.kind === 'only' ? `${expected} (as number ${place + 1}, and nothing else)` : expected,
    difference: nearestDifference(item, came, kind),
  }
}

/** Something that is missing in its place may have come earlier: then a difference between texts would show nothing. */
function cameEarlier<Item, Came>(item: Item, came: readonly Came[], kind: Kind<Item, Came>): boolean {
  return kind.unwanted(item) === undefined && came.some((one) => kind.endIn(item, one, 0) !== undefined)
}

/** Where an item stands in the file: a list has it by its number, `only` one level deeper. */
function inSource<Item>({ kind }: Series<Item>, place: number | undefined): readonly (string | number)[] {
  if (place === undefined) return []
  return kind === 'only' ? ['only', place] : [place]
}

function nearestDifference<Item, Came>(item: Item, came: readonly Came[], kind: Kind<Item, Came>): string | undefined {
  const text = kind.textOf(item)
  if (text === undefined) return undefined
  const differences = came.flatMap((one) => difference(text, kind.textIn(one)) ?? [])
  return differences.toSorted((one, other) => marks(one) - marks(other))[0]
}

/** How much a difference marks: the fewer letters, the nearer. */
function marks(text: string): number {
  return [...text.matchAll(/\[-(.*?)-\]|\{\+(.*?)\+\}/gs)].reduce((sum, [all]) => sum + all.length, 0)
}

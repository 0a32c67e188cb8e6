import { describe, expect, test } from 'vitest'
import { editable } from '../../src/console/document/import.ts'
import { type Placed, placedIn } from '../../src/console/document/placed.ts'
import { asSeen, firstSight, isAnother, type Sight } from '../../src/console/editor/first-sight.ts'
import { apart } from '../../src/picture/apart.ts'
import { boxesOf, type Positions } from '../../src/picture/drawable.ts'
import { type Box, CARD_HEIGHT, overlap, sideOf } from '../../src/picture/geometry.ts'
import { laidOut } from '../../src/picture/layered.ts'
import { needsLayout, positionsOf, uncovered } from '../../src/picture/positions.ts'
import { catalogue } from './catalogue.ts'
import { corpusFiles, definitionIn } from './corpus.ts'

const files = corpusFiles()

describe.skipIf(files.length === 0)('of the real flows', () => {
  test.each(files)('no two cards of %s overlap after it was tidied up', (file) => {
    const all = placedIn(editable(definitionIn(file)))
    const boxes = boxesOf(all, laidOut(all, catalogue), catalogue)
    expect(coveredIn(boxes)).toEqual([])
    expect([...boxes.values()].filter(({ x, y }) => !Number.isInteger(x) || !Number.isInteger(y))).toEqual([])
  })

  test.each(files)(
    'no two cards of %s overlap at first sight, and only what is in the way goes right or down',
    (file) => {
      const all = placedIn(editable(definitionIn(file)))
      const layout = needsLayout(all) ? laidOut(all, catalogue) : new Map()
      const exported = positionsOf(all, layout)
      const drawn = uncovered(all, exported, catalogue)
      expect(coveredIn(boxesOf(all, drawn, catalogue))).toEqual([])
      if (coveredIn(boxesOf(all, exported, catalogue)).length === 0) expect(drawn).toEqual(exported)
      const steps = [...drawn].map(([id, { x, y }]) => [x - (exported.get(id)?.x ?? 0), y - (exported.get(id)?.y ?? 0)])
      expect(steps.filter(([right = 0, down = 0]) => Math.min(right, down) !== 0)).toEqual([])
    },
  )
})

test('cards that are exported beside each other stay beside each other, and those below stay below', () => {
  const boxes = [boxAt(0, 0), boxAt(200, 0), boxAt(400, 10), boxAt(0, 100), boxAt(0, 300), boxAt(0, 300)]
  const drawn = apart(new Map(boxes.map((box, place) => [String(place), box])))
  expect([...drawn.values()].map(({ x, y }) => [x, y])).toEqual([
    [0, 0],
    [260, 0],
    [520, 10],
    [0, 130],
    [0, 300],
    [0, 430],
  ])
})

test('the first card stays where it is, though another one begins above it', () => {
  const drawn = apart(new Map([boxAt(0, 0), boxAt(10, -10), boxAt(0, -200)].map((box, place) => [String(place), box])))
  expect([...drawn.values()].map(({ x, y }) => [x, y])).toEqual([
    [0, 0],
    [10, 130],
    [0, -200],
  ])
})

test('two thousand cards in two heaps are drawn apart within a second', () => {
  const heaps = Array.from({ length: 2000 }, (_, place): [string, Box] => [String(place), boxAt((place % 2) * 100, 0)])
  const drawn = apart(new Map(heaps))
  expect(new Set([...drawn.values()].map(({ x, y }) => `${x},${y}`)).size).toBe(2000)
}, 5000)

test('a card that is moved stands where it was put, and all others where they were', () => {
  const all = placedAt([1, 3, 4])
  const sight = firstSight(all, positionsOf(all, NONE), catalogue)
  expect(drawnOf(all, sight)).toEqual([
    [0, 0],
    [0, 130],
    [0, 260],
  ])
  expect(drawnOf(placedAt([1, 2, 4]), sight)).toEqual([
    [0, 0],
    [5, 7],
    [0, 260],
  ])
  expect([isAnother(placedAt([1, 2]), sight), isAnother(all, sight)]).toEqual([true, false])
})

const NONE: Positions = new Map()

function drawnOf(all: readonly Placed[], sight: Sight) {
  return [...asSeen(positionsOf(all, NONE), sight).values()].map(({ x, y }) => [x, y])
}

/** The pairs of cards of which one covers the other. */
function coveredIn(boxes: ReadonlyMap<string, Box>) {
  const all = [...boxes]
  return all.flatMap(([id, box], place) =>
    all.slice(place + 1).flatMap(([other, covered]) => (overlap(box, covered) ? [`${id} and ${other}`] : [])),
  )
}

test.each([
  ['a card that leads back to itself', boxAt(0, 0), boxAt(0, 0), [], -24],
  ['a card beside', boxAt(0, 200), boxAt(300, 200), [], 264],
  ['a card far above, with one between', boxAt(0, 400), boxAt(0, 0), [boxAt(0, 200)], -24],
  ['a card above at the right, with one in the way', boxAt(0, 400), boxAt(600, 0), [boxAt(200, 200)], 576],
])('an edge to %s runs over no card', (_what, from, to, others, side) => {
  expect(sideOf({ from, to, start: from.x + 100, boxes: [from, to, ...others] })).toBe(side)
})

test('a thousand widgets are tidied up within seconds, however they are connected', () => {
  const next = (place: number) =>
    [place + 1, place >> 1, place + 30].map((to) => ({ event: `to ${to}`, next: `w${to}` }))
  const states = Array.from({ length: 1000 }, (_, place) => ({
    name: `w${place}`,
    type: 'x',
    transitions: next(place),
  }))
  expect(laidOut(placedIn({ states }), catalogue).size).toBe(1000)
}, 20_000)

function boxAt(x: number, y: number): Box {
  return { x, y, width: 240, height: CARD_HEIGHT }
}

const OFFSETS = [undefined, { x: 0, y: 0 }, { x: 5, y: 7 }, { x: 0, y: 20 }, { x: 0, y: 30 }] as const

test.each([
  ['a file without offsets', [0, 0], true],
  ['a file with some', [1, 0], true],
  ['a file with all in one place', [1, 1], true],
  ['a file with all of them', [1, 2], false],
  ['a trigger alone', [1], false],
])('%s needs a layout or not', (_what, offsets, needs) => {
  expect(needsLayout(placedAt(offsets))).toBe(needs)
})

test('where the file says where a widget stands, there it stands', () => {
  const layout = new Map([
    ['w0', { x: 100, y: 100 }],
    ['w1', { x: 200, y: 200 }],
  ])
  expect([...positionsOf(placedAt([2, 0]), layout).values()]).toEqual([
    { x: 5, y: 7 },
    { x: 200, y: 200 },
  ])
  expect([...positionsOf(placedAt([1, 1]), layout).values()]).toEqual([...layout.values()])
})

function placedAt(offsets: readonly number[]) {
  const states = offsets.map((offset, place) => ({
    name: `w${place}`,
    type: 'say-play',
    properties: { offset: OFFSETS[offset] },
  }))
  return placedIn({ states })
}

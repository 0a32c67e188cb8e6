import { describe, expect, test } from 'vitest'
import { cardOf } from '../../src/console/canvas/card.ts'
import { overlap, sideOf } from '../../src/console/canvas/geometry.ts'
import { laidOut } from '../../src/console/canvas/layout.ts'
import { needsLayout, positionsOf } from '../../src/console/canvas/positions.ts'
import { editable } from '../../src/console/document/import.ts'
import { placedIn } from '../../src/console/document/placed.ts'
import { type Box, CARD_HEIGHT } from '../../src/picture/geometry.ts'
import { catalogue } from './catalogue.ts'
import { corpusFiles, definitionIn } from './corpus.ts'

const files = corpusFiles()

describe.skipIf(files.length === 0)('of the real flows', () => {
  test.each(files)('no two cards of %s overlap after it was tidied up', (file) => {
    const all = placedIn(editable(definitionIn(file)))
    const positions = laidOut(all, catalogue)
    const boxes = all.map((placed): Box => {
      const { x = Number.NaN, y = Number.NaN } = positions.get(placed.id) ?? {}
      return { x, y, width: cardOf(placed, catalogue).width, height: CARD_HEIGHT }
    })
    expect(boxes.flatMap((one, place) => boxes.slice(place + 1).filter((other) => overlap(one, other)))).toEqual([])
    expect(boxes.filter(({ x, y }) => !Number.isInteger(x) || !Number.isInteger(y))).toEqual([])
  })
})

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

const OFFSETS = [undefined, { x: 0, y: 0 }, { x: 5, y: 7 }] as const

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

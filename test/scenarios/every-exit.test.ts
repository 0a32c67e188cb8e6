import { expect, test } from 'vitest'
import { findScenarios } from '../../src/scenario/find.ts'
import { widgets } from '../../src/widgets/index.ts'
import { named, playWell } from './play-well.ts'

const FOUND = await findScenarios(['test/scenarios/widgets'])
const taken = new Set<string>()

test.each(FOUND.map(named))('%s', async (_name, found) => {
  const { moves } = await playWell(found)
  const steps = moves.flatMap((move) => move.steps).filter(({ to }) => to !== 'Ended')
  for (const { type, name } of steps) taken.add(`${type}: ${name}`)
})

test('every exit of every widget is taken, and leads on', () => {
  const exits = widgets.flatMap(({ type, exits }) => exits.map((exit) => `${type}: ${exit}`))
  expect(exits.filter((exit) => !taken.has(exit))).toEqual([])
})

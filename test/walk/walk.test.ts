import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { emptyDatabase } from '../support/database.ts'
import { type Report, walkFolder } from './walk-folder.ts'

const OURS = fileURLToPath(new URL('../../flows', import.meta.url))
const REAL = fileURLToPath(new URL('../../../shared/flows', import.meta.url))

test('callers and texters walk the example flows without a fault', async () => {
  const report = await walkFolder({ folder: OURS, seed: 1, walks: 25, database: emptyDatabase })
  expect(shown(report)).toEqual([])
  expect(report.refused).toEqual([])
})

const areThere = existsSync(REAL)
if (!areThere) console.warn('SKIPPED: the real flows are not walked, because ../shared/flows is not there')

/** On PostgreSQL each flow has a database of its own: two minutes on a slow machine. */
const LONGEST_MS = 400_000

test.skipIf(!areThere)(
  'callers and texters walk real exported flows without a fault',
  async () => {
    const report = await walkFolder({ folder: REAL, seed: 1, walks: 6, database: emptyDatabase })
    expect(shown(report)).toEqual([])
    expect(report.flows).toBeGreaterThan(200)
  },
  LONGEST_MS,
)

function shown({ failures }: Report): string[] {
  return failures.map(({ flow, seed, fault }) => `${flow} --seed ${seed}: ${fault}`)
}

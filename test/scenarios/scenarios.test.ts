import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { Coverage } from '../../src/scenario/coverage.ts'
import { findScenarios } from '../../src/scenario/find.ts'
import { named, playWell } from './play-well.ts'

const FILES = readdirSync('test/scenarios').filter((file) => file.endsWith('.yaml'))
const FOUND = await findScenarios(FILES.map((file) => `test/scenarios/${file}`))
const coverage = new Coverage()

test.each(FOUND.map(named))('%s', async (_name, found) => {
  coverage.add(await playWell(found))
})

const EXAMPLES = readdirSync('flows').filter((file) => file.endsWith('.json') && file !== 'sids.json')

test('every transition of the example flows is taken', async () => {
  const flows = await coverage.flows()
  expect(flows.map(({ file }) => basename(file))).toEqual(EXAMPLES)
  const missing = flows.flatMap(({ file, neverTaken }) => neverTaken.map(({ text }) => `${basename(file)} ${text}`))
  expect(missing).toEqual([])
})

import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { Coverage } from '../../src/scenario/coverage.ts'
import { findScenarios } from '../../src/scenario/find.ts'
import { playScenario } from '../../src/scenario/play.ts'
import { failureLines } from '../../src/scenario/reporters/failure-text.ts'

const FOUND = await findScenarios(['test/scenarios'])
const coverage = new Coverage()

test.each(FOUND.map((found) => [`${basename(found.file)}: ${found.name}`, found] as const))(
  '%s',
  async (_name, found) => {
    if ('faults' in found) return expect(found.faults).toEqual([])
    const played = await playScenario(found)
    coverage.add(played)
    expect(failureLines({ kind: 'played', played }, basename)).toEqual([])
    expect(played.notes).toEqual([])
  },
)

const EXAMPLES = readdirSync('flows').filter((file) => file.endsWith('.json') && file !== 'sids.json')

test('every transition of the example flows is taken', async () => {
  const flows = await coverage.flows()
  expect(flows.map(({ file }) => basename(file))).toEqual(EXAMPLES)
  const missing = flows.flatMap(({ file, neverTaken }) => neverTaken.map(({ text }) => `${basename(file)} ${text}`))
  expect(missing).toEqual([])
})

import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { importFlow } from '../../src/flow/import.ts'
import { widgets } from '../../src/widgets/index.ts'

const CATALOGUE = new Map(widgets.map((widget) => [widget.type, widget]))
const FLOWS = ['flows', 'test/scenarios/widgets'].flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json') && file !== 'sids.json')
    .map((file) => `${folder}/${file}`),
)

test.each(FLOWS)('%s is imported without a word', (file) => {
  const flow = JSON.parse(readFileSync(file, 'utf8'))
  expect(importFlow(flow, CATALOGUE).issues).toEqual([])
})

import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { importFlow } from '../../src/flow/import.ts'
import { catalogue } from '../../src/widgets/index.ts'

const FLOWS = ['flows', 'test/scenarios/widgets'].flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json') && file !== 'sids.json')
    .map((file) => `${folder}/${file}`),
)

test.each(FLOWS)('%s is imported without a word', (file) => {
  const flow = JSON.parse(readFileSync(file, 'utf8'))
  expect(importFlow(flow, catalogue).issues).toEqual([])
})

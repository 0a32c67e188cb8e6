import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { importFlow } from '../../src/flow/import.ts'
import { widgets } from '../../src/widgets/index.ts'

const CATALOGUE = new Map(widgets.map((widget) => [widget.type, widget]))
const FLOWS = new URL('../../flows/', import.meta.url)

test.each(readdirSync(FLOWS))('%s is imported without a word', (file) => {
  const flow = JSON.parse(readFileSync(new URL(file, FLOWS), 'utf8'))
  expect(importFlow(flow, CATALOGUE).issues).toEqual([])
})

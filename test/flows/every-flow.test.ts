import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { importFlow } from '../../src/flow/import.ts'
import { widgets } from '../../src/widgets/index.ts'
import { exampleFlow } from './stage.ts'

const CATALOGUE = new Map(widgets.map((widget) => [widget.type, widget]))
const NAMES = readdirSync(new URL('../../flows', import.meta.url)).map((file) => file.replace(/\.json$/, ''))

test.each(NAMES)('%s is imported without a word', (name) => {
  expect(importFlow(exampleFlow(name), CATALOGUE).issues).toEqual([])
})

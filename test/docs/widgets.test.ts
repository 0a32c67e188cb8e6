import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { widgets } from '../../src/widgets/index.ts'
import { widgetsPage } from './widgets-page.ts'

test('docs/widgets.md says what the widgets are; `npm run docs` writes it anew', () => {
  expect(readFileSync(new URL('../../docs/widgets.md', import.meta.url), 'utf8')).toBe(widgetsPage(widgets))
})

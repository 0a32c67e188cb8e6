import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { rulePages } from '../../src/lint/rules.ts'
import { rulesPage } from './rules-page.ts'

test('docs/rules.md says what the rules are; `npm run docs` writes it anew', () => {
  expect(readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8')).toBe(rulesPage(rulePages))
})

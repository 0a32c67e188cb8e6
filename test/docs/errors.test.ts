import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { WARNING } from '../../src/engine/warning.ts'
import { ERRORS } from '../../src/errors.ts'
import { errorsPage } from './errors-page.ts'

test('docs/errors.md says what the codes are; `npm run docs` writes it anew', () => {
  expect(readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8')).toBe(errorsPage(WARNING, ERRORS))
})

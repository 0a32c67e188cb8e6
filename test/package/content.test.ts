import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { needless, packed } from './content.ts'

test('the package has what runs and what init makes, and nothing else', () => {
  const { paths } = packed('--dry-run')
  expect(needless(paths)).toEqual([])
  const beside = paths.filter((path) => !path.startsWith('dist/'))
  expect(beside).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE', 'scenario.schema.json']))
  for (const folder of ['flows', 'migrations', 'template']) {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(paths.filter((path) => path.startsWith(`${folder}/`))).toHaveLength(files.length)
  }
})

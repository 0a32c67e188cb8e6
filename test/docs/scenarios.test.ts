import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { played } from '../scenario/stories.ts'

test('the scenario in docs/scenarios.md plays', async () => {
  const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync('docs/scenarios.md', 'utf8')) ?? []
  expect((await played(text, resolve('docs/story.yaml'))).failure).toBeUndefined()
})

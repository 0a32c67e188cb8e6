import { expect, test } from 'vitest'
import { torture } from './torture/torture.ts'

test('a server that is killed again and again under load forgets nothing and does nothing twice', async () => {
  const words = ['--import', 'tsx', 'src/cli.ts']
  const { faults, figures, folder } = await torture({ ms: 15_000, seed: 8, words })

  expect(faults, `the log is in ${folder}`).toEqual([])
  expect(figures.kills).toBeGreaterThan(1)
  expect(figures.executions).toBeGreaterThan(5)
})

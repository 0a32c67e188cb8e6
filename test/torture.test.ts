import { expect, test } from 'vitest'
import { torture } from './torture/torture.ts'

const words = ['--import', 'tsx', 'src/cli.ts']

test('a server that is killed again and again under load forgets nothing and does nothing twice', async () => {
  const { faults, figures, folder } = await torture({ ms: 15_000, seed: 8, words, end: 'SIGKILL' })

  expect(faults, `the log is in ${folder}`).toEqual([])
  expect(figures.kills).toBeGreaterThan(1)
  expect(figures.executions).toBeGreaterThan(5)
})

test('a server that is stopped and begun again under load fails no request that another attempt does not heal', async () => {
  const { faults, figures, folder } = await torture({ ms: 12_000, seed: 9, words, end: 'SIGTERM' })

  expect(faults, `the log is in ${folder}`).toEqual([])
  expect(figures.stops).toBeGreaterThan(1)
})

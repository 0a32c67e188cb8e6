import { expect, test } from 'vitest'
import { unseenIn } from './torture/situations.ts'
import { torture } from './torture/torture.ts'

const words = ['--import', 'tsx', 'src/cli.ts']

test('a server that is killed again and again under load forgets nothing and does nothing twice', async () => {
  const { faults, situations, folder } = await torture({ ms: 15_000, seed: 8, words, stops: 0 })

  expect(faults, `the log is in ${folder}`).toEqual([])
  expect(situations.killed).toBeGreaterThan(0) // a busy machine begins a server slowly
  expect(situations.executions).toBeGreaterThan(5)
})

test('a server that is stopped and begun again under load fails no request that another attempt does not heal', async () => {
  const { faults, situations, folder } = await torture({ ms: 12_000, seed: 9, words, stops: 1 })

  expect(faults, `the log is in ${folder}`).toEqual([])
  expect(situations['stopped by SIGTERM']).toBeGreaterThan(0)
})

test.each([
  [{ kills: true, stops: true }, ['killed', 'stopped by SIGTERM', 'answered in parts']],
  [{ kills: true, stops: false }, ['killed', 'answered in parts']],
  [{ kills: false, stops: true }, ['stopped by SIGTERM', 'answered in parts']],
])('where lives end by %j, what was never seen is told', (ends, unseen) => {
  const situations = { killed: 0, 'stopped by SIGTERM': 0, 'answered in parts': 0, steps: 1 }
  expect(unseenIn(situations, ends)).toEqual(unseen)
})

import { expect, test } from 'vitest'
import { fuzz } from './fuzz/fuzz.ts'
import { faultsOfLog } from './fuzz/log.ts'
import { faultsOfMemory } from './fuzz/memory.ts'

test('a server that is asked rubbish has no error of its own, tells no secret and logs its own lines alone', async () => {
  const words = ['--import', 'tsx', 'src/cli.ts']
  const { faults, statuses, folder } = await fuzz({ requests: 1_500, seed: 8, words })

  expect(faults, `the log is in ${folder}`).toEqual([])
  expect(Object.keys(statuses)).toEqual(expect.arrayContaining(['200', '201', '400', '401', '403', '404']))
})

test.each([
  ['{"level":30,"msg":"ok"}\n', 0],
  ['{"level":30,"msg":"ok"}\nforged by a newline\n', 1],
  ['{"level":40,"msg":"fuzz-token-that-nobody-may-read"}\n', 1],
])('of a log, %j, what is no line of ours or tells a secret is a fault', (log, faults) => {
  expect(faultsOfLog(log)).toHaveLength(faults)
})

test.each([
  ['grows at first and is level then', [40, 44, 46, 47, 47, 47, 47, 47, 47], 0],
  ['swings', [40, 44, 46, 47, 46, 47, 47.1, 46.9, 47], 0],
  ['still grows', [40, 44, 46, 47, 47.5, 48, 48.5, 49, 49.5], 1],
])('a heap that %s after each 10,000 requests is judged by its last third', (_how, megabytes, faults) => {
  const heap = megabytes.map((size) => size * 2 ** 20)
  expect(faultsOfMemory(heap, 10_000)).toHaveLength(faults)
})

import { expect, test } from 'vitest'
import { fuzz } from './fuzz/fuzz.ts'
import { faultsOfLog } from './fuzz/log.ts'

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

import { execFileSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ManualClock } from '../../../src/clock/manual-clock.ts'
import type { Happening } from '../../../src/simulator/happening.ts'
import { Network } from '../../../src/simulator/network.ts'
import { Person } from '../../../src/simulator/people/person.ts'
import { timeOf } from '../../../src/simulator/time.ts'
import { run } from '../../support/process.ts'
import { folderOf } from '../../support/server.ts'

test('the documents that the simulator plays are what curl is given for the same requests, byte for byte', async () => {
  const folder = folderOf({})
  cpSync('flows', join(folder, 'flows'), { recursive: true })
  const { origin } = await run(folder)
  const clock = new ManualClock(0)
  const network = new Network({ clock, accountSid: `AC${'0'.repeat(32)}`, authToken: 'dev' })
  onTestFinished(() => network.close())
  network.attach('+15550002000', { voice: { url: `${origin}/flows/menu`, method: 'POST' } })
  const pairs: (readonly [played: string, curled: string])[] = []
  network.watch(curlToo((played, curled) => pairs.push([played, curled])))

  const caller = new Person(
    network.call({ from: '+15550001000', to: '+15550002000' }),
    timeOf(clock, () => network.activity.idle()),
  )
  await caller.press('7')
  await caller.press('1')
  await caller.listen()

  expect(pairs).toHaveLength(6)
  for (const [played, curled] of pairs) expect(played).toBe(curled)
})

/** Asks once more by curl for each document, before anything else happens: a repeated request moves nothing. */
function curlToo(tell: (played: string, curled: string) => void): (happening: Happening) => void {
  let asked: Extract<Happening, { type: 'asked' }> | undefined
  return (happening) => {
    if (happening.type === 'asked') asked = happening
    if (happening.type !== 'answered' || !asked) return
    const form = new URLSearchParams(asked.params).toString()
    tell(happening.body, execFileSync('curl', ['-s', '-d', form, asked.url], { encoding: 'utf8' }))
  }
}

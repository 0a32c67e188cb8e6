import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pool } from 'undici'
import { start } from './contender.ts'
import { functionsRow } from './functions.ts'
import { listsRow } from './lists.ts'
import { timersRow } from './timers.ts'

/** Requests per second of a durable webhook step against yardsticks of the same run: medians of interleaved rounds. */
const ROUNDS = process.argv.includes('--quick') ? 3 : 5
const ROUND_MS = process.argv.includes('--quick') ? 3_000 : 10_000
const CALLERS = 32

const LOOP = {
  initial_state: 'Trigger',
  flags: { allow_concurrent_calls: true },
  states: [
    { name: 'Trigger', type: 'trigger', properties: {}, transitions: [{ event: 'incomingCall', next: 'ask' }] },
    {
      name: 'ask',
      type: 'gather-input-on-call',
      properties: { say: 'You pressed {{widgets.ask.Digits}}. Press 1', number_of_digits: 1 },
      transitions: [{ event: 'keypress', next: 'which' }, { event: 'timeout' }],
    },
    {
      name: 'which',
      type: 'split-based-on',
      properties: { input: '{{widgets.ask.Digits}}' },
      transitions: [
        { event: 'noMatch' },
        {
          event: 'match',
          next: 'ask',
          conditions: [{ friendly_name: 'one', type: 'equal_to', arguments: ['{{widgets.ask.Digits}}'], value: '1' }],
        },
      ],
    },
  ],
}

const folder = mkdtempSync(join(tmpdir(), 'trunkline-bench-'))
writeFileSync(join(folder, 'loop.json'), JSON.stringify(LOOP))

const SETTINGS = {
  PORT: '0',
  LOG_LEVEL: 'warn',
  LOG_PRETTY: 'off',
  INBOUND_EXECUTIONS_PER_SECOND: '0',
  FLOWS_DIR: folder,
  DATABASE_URL: `sqlite:${join(folder, 'trunkline.db')}`,
}
const contenders = [
  await start('a: bare fastify, static TwiML', ['bench/yardstick.ts', 'static']),
  await start('c2: one grouped, synced SQLite commit', ['bench/yardstick.ts', 'commit', join(folder, 'yardstick.db')]),
  await start('trunkline: durable step', ['src/cli.ts', 'serve', folder], SETTINGS),
]
for (let round = 0; round < ROUNDS; round += 1) {
  for (const contender of contenders) contender.rates.push(await drive(contender.origin))
}
const base = median(contenders[1]?.rates ?? [])
for (const { name, rates, child } of contenders) {
  const rate = median(rates)
  console.log(`${name.padEnd(40)} ${rate.toFixed(0).padStart(7)} req/s   ${(rate / base).toFixed(2)} of c2`)
  child.kill()
}
console.log(await listsRow(ROUNDS))
console.log(await timersRow(ROUNDS))
console.log(await functionsRow(ROUNDS, ROUND_MS))

async function drive(origin: string): Promise<number> {
  const pool = new Pool(origin, { connections: CALLERS })
  const end = performance.now() + ROUND_MS
  const counts = await Promise.all(Array.from({ length: CALLERS }, (_, caller) => callUntil(pool, caller, end)))
  await pool.close()
  return (counts.reduce((sum, count) => sum + count, 0) * 1000) / ROUND_MS
}

/** Calls, and presses 1 at every prompt; rings again before an execution meets its limit of steps. */
async function callUntil(pool: Pool, caller: number, end: number): Promise<number> {
  let count = 0
  while (performance.now() < end) {
    const params = {
      CallSid: `CA${caller}-${end}-${count}`,
      From: `+1555${caller}`,
      To: '+15550002',
      CallStatus: 'in-progress',
    }
    let path = '/flows/loop'
    for (let press = 0; press < 400 && performance.now() < end; press += 1) {
      const body = new URLSearchParams({ ...params, ...(press > 0 && { Digits: '1' }) }).toString()
      const answer = await pool.request({
        method: 'POST',
        path,
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
      const twiml = await answer.body.text()
      const action = /action="([^"]*)"/.exec(twiml)?.[1]
      if (answer.statusCode !== 200 || !action) throw new Error(`${answer.statusCode} ${twiml}`)
      const { pathname, search } = new URL(action.replaceAll('&amp;', '&'))
      path = pathname + search
      count += 1
    }
  }
  return count
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
}

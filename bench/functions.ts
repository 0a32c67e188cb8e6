import { Pool } from 'undici'
import { start } from './contender.ts'

const CALLERS = 16

/** How many calls of a function a second behind HTTP, in processes of their own against the server's own process: medians of interleaved rounds. */
export async function functionsRow(rounds: number, roundMs: number): Promise<string> {
  const here = await start('called in the server', ['bench/function-yardstick.ts', 'here'])
  const pool = await start('called in the pool', ['bench/function-yardstick.ts', 'pool'])
  for (const { origin } of [here, pool, here, pool]) await drive(origin, roundMs) // starts processes, compiles code
  for (let round = 0; round < rounds; round += 1) {
    for (const { origin, rates } of [here, pool]) rates.push(await drive(origin, roundMs))
  }
  for (const { child } of [here, pool]) child.kill()
  const [inServer, inPool] = [median(here.rates), median(pool.rates)]
  return `functions: ${inPool.toFixed(0)} calls/s in the pool, ${inServer.toFixed(0)} in the server: ${(inPool / inServer).toFixed(2)} of it`
}

async function drive(origin: string, roundMs: number): Promise<number> {
  const pool = new Pool(origin, { connections: CALLERS })
  const end = performance.now() + roundMs
  const counts = await Promise.all(Array.from({ length: CALLERS }, () => callUntil(pool, end)))
  await pool.close()
  return (counts.reduce((sum, count) => sum + count, 0) * 1000) / roundMs
}

async function callUntil(pool: Pool, end: number): Promise<number> {
  let count = 0
  for (; performance.now() < end; count += 1) {
    const answer = await pool.request({
      method: 'POST',
      path: '/hello',
      body: 'From=%2B15550001&To=%2B15550002',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    const twiml = await answer.body.text()
    if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${twiml}`)
  }
  return count
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
}

import { type Server, startServer } from '../../test/support/postgres/server.ts'
import { type Contender, start, stop } from '../contender.ts'
import { figuresOf } from '../figures.ts'
import { flood, median } from '../load.ts'
import type { Options } from '../options.ts'
import { folderWithLoop, startOurs } from '../ours.ts'
import type { Report } from '../report.ts'
import { skipped } from '../row.ts'
import { talks } from '../talk.ts'

const ONE = { what: 'PostgreSQL, one instance against p2', target: { atLeast: 0.6 } } as const
const TWO = { what: 'PostgreSQL, two instances against one', target: { atLeast: 1.5 } } as const

/** One and two instances on a real PostgreSQL that syncs its commits, started for this alone. */
export async function postgres(options: Options): Promise<Report> {
  let server: Server
  try {
    server = await startServer('durable')
  } catch (error) {
    const why = `no server can be started here: ${String(error).split('\n', 1)[0]}`
    return { rows: [ONE, TWO].map(({ what, target }) => skipped(what, target, why)) }
  }
  try {
    return await measured(server.url, options)
  } finally {
    await server.stop()
  }
}

async function measured(url: string, options: Options): Promise<Report> {
  const folder = folderWithLoop()
  const p2 = await start('p2: PostgreSQL, two round trips', ['bench/yardsticks/postgres.ts', url])
  const first = { ...(await startOurs(folder, url)), name: 'trunkline on PostgreSQL' }
  const second = await startOurs(folder, url)
  const figures = await figuresOf([p2, first], options)
  const rates = await together([first, second], options)
  await Promise.all([p2, first, second].map(stop))
  const [other, ours] = figures
  if (!other || !ours) return {}
  return {
    figures,
    rows: [
      { ...ONE, ...compared(ours.rate, other.rate) },
      { ...TWO, ...compared(rates.both, rates.one) },
    ],
  }
}

function compared(rate: number, other: number) {
  return { found: rate / other, detail: `${rate.toFixed(0)} of ${other.toFixed(0)} req/s` }
}

/** The throughput of the first alone, and of all of them together, in turn. */
async function together(contenders: readonly Contender[], { rounds, roundMs }: Options) {
  const loads = contenders.map(({ origin }) => ({ origin, talks: talks(origin, 500), connections: 16 }))
  const one: number[] = []
  const both: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    one.push(await rateOf(loads.slice(0, 1), roundMs))
    both.push(await rateOf(loads, roundMs))
  }
  return { one: median(one), both: median(both) }
}

async function rateOf(loads: readonly Parameters<typeof flood>[0][], milliseconds: number): Promise<number> {
  const outcomes = await Promise.all(loads.map((load) => flood(load, milliseconds)))
  return outcomes.reduce((sum, { requests, seconds }) => sum + requests / seconds, 0)
}

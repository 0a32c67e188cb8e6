import { stop } from '../contender.ts'
import { flood, median } from '../load.ts'
import type { Options } from '../options.ts'
import { startOurs } from '../ours.ts'
import type { Report } from '../report.ts'
import { skipped } from '../row.ts'
import { stored } from '../stored.ts'
import { calling } from '../talk.ts'

const WHAT = '1,000,000 stored executions, 100,000 waiting, instead of 1,000'
const TARGET = { atLeast: 0.8 } as const
const FEW = { executions: 1_000, waiting: 1_000 } as const
const MANY = { executions: 1_000_000, waiting: 100_000 } as const

/** The throughput with a million executions in the database, webhooks for 100,000 of them, against a thousand. */
export async function growth(options: Options): Promise<Report> {
  if (options.quick) return { rows: [skipped(WHAT, TARGET, 'not with --quick')] }
  const servers = [await filled(FEW), await filled(MANY)]
  for (const server of servers) await server.round(options.roundMs)
  for (let round = 0; round < options.rounds; round += 1)
    for (const server of servers) server.rates.push(await server.round(options.roundMs))
  await Promise.all(servers.map(({ ours }) => stop(ours)))
  const [few = 0, many = 0] = servers.map(({ rates }) => median(rates))
  const detail = `${many.toFixed(0)} of ${few.toFixed(0)} req/s`
  return { rows: [{ what: WHAT, target: TARGET, found: many / few, detail }] }
}

async function filled(stock: typeof FEW | typeof MANY) {
  const { folder, calls } = await stored(stock)
  const ours = await startOurs(folder)
  const talks = calls.map((call) => calling(ours.origin, call))
  return {
    ours,
    rates: [] as number[],
    async round(milliseconds: number) {
      const { requests, seconds } = await flood({ origin: ours.origin, talks }, milliseconds)
      return requests / seconds
    },
  }
}

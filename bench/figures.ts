import { type Contender, memoryOf, usageOf } from './contender.ts'
import { flood, median, type Outcome, quantile, send } from './load.ts'
import type { Options } from './options.ts'
import { type Talk, talks } from './talk.ts'

/** What was measured of a contender under full load: medians of the rounds. Milliseconds, microseconds, megabytes. */
export interface Figures {
  readonly name: string
  readonly rate: number
  readonly p50: number
  readonly p99: number
  /** CPU of its process for a request. */
  readonly cpu: number
  readonly memory: number
}

/** How many contacts talk with each. */
const CONTACTS = 1_000

/** Measures contenders in turn, round by round, so that what else the machine does falls on all of them. */
export async function figuresOf(contenders: readonly Contender[], options: Options): Promise<readonly Figures[]> {
  const rounds = contenders.map((contender) => ({ contender, contacts: talks(contender.origin, CONTACTS) }))
  for (const { contender, contacts } of rounds) await send({ origin: contender.origin, talks: contacts }, WARM_UP)
  const found = rounds.map(({ contender }) => ({ name: contender.name, measured: [] as Round[] }))
  for (let round = 0; round < options.rounds; round += 1)
    for (const [index, one] of rounds.entries()) found[index]?.measured.push(await roundOf(one, options))
  const memory: number[] = []
  for (const contender of contenders) memory.push(await memoryOf(contender)) // after all rounds: a collection that is asked for has V8 forget what it has compiled
  return found.map(({ name, measured }, index) => ({
    name,
    rate: median(measured.map(({ rate }) => rate)),
    p50: median(measured.map(({ latencies }) => quantile(latencies, 0.5))),
    p99: median(measured.map(({ latencies }) => quantile(latencies, 0.99))),
    cpu: median(measured.map(({ cpu }) => cpu)),
    memory: memory[index] ?? 0,
  }))
}

/** Requests, after which all have come and the code is compiled. */
const WARM_UP = 4 * CONTACTS

interface Round extends Outcome {
  readonly rate: number
  readonly cpu: number
}

interface Talking {
  readonly contender: Contender
  readonly contacts: Talk[]
}

async function roundOf({ contender, contacts }: Talking, { roundMs }: Options): Promise<Round> {
  const before = await usageOf(contender)
  const outcome = await flood({ origin: contender.origin, talks: contacts }, roundMs)
  const { cpu } = await usageOf(contender)
  const { requests, seconds } = outcome
  return { ...outcome, rate: requests / seconds, cpu: (cpu - before.cpu) / requests }
}

/** A Markdown table of figures. */
export function figureTable(figures: readonly Figures[]): string {
  const lines = figures.map(
    ({ name, rate, p50, p99, cpu, memory }) =>
      `| ${name} | ${rate.toFixed(0)} | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${cpu.toFixed(0)} | ${memory.toFixed(0)} |`,
  )
  return ['| | req/s | p50 ms | p99 ms | CPU µs a request | memory MB |', '|---|---|---|---|---|---|', ...lines].join(
    '\n',
  )
}

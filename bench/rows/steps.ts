import { join } from 'node:path'
import { type Contender, start, stop } from '../contender.ts'
import { type Figures, figuresOf } from '../figures.ts'
import type { Options } from '../options.ts'
import { newFolder, startOurs } from '../ours.ts'
import type { Report } from '../report.ts'
import { type Row, skipped } from '../row.ts'

/** The durable step against what a webhook costs without an engine, and against what others do with one. */
export async function steps(options: Options): Promise<Report> {
  const others = await Promise.all(YARDSTICKS.map(started))
  const contenders = [...others.filter((one) => one !== undefined), await startOurs()]
  const figures = await figuresOf(contenders, options)
  await Promise.all(contenders.map(stop))
  return { figures, rows: TARGETS.map((target) => against(figures, target)) }
}

interface Yardstick {
  readonly name: string
  readonly script: string
}

const YARDSTICKS: readonly Yardstick[] = [
  { name: 'a: bare fastify, static TwiML', script: 'static' },
  { name: 'b2: a, and a synced SQLite commit for each', script: 'own-commits' },
  { name: 'c2: a, and synced SQLite commits in groups', script: 'grouped-commits' },
  { name: 'g1: Node-RED, context in memory', script: 'node-red' },
  { name: 'h1: express, sessions in memory, twilio', script: 'express' },
]

async function started({ name, script }: Yardstick): Promise<Contender | undefined> {
  try {
    return await start(name, [`bench/yardsticks/${script}.ts`, join(newFolder(), 'yardstick.db')])
  } catch (error) {
    process.stderr.write(`SKIPPED: ${name} cannot be started here: ${String(error)}\n`)
    return undefined
  }
}

const TARGETS = [
  { yardstick: 'c2', atLeast: 0.8 },
  { yardstick: 'g1', atLeast: 1.5 },
  { yardstick: 'h1', atLeast: 1 },
] as const

function against(figures: readonly Figures[], { yardstick, atLeast }: (typeof TARGETS)[number]): Row {
  const what = `durable step against ${yardstick}`
  const other = figures.find(({ name }) => name.startsWith(`${yardstick}:`))
  const ours = figures.find(({ name }) => name === 'trunkline')
  if (!other || !ours) return skipped(what, { atLeast }, `${yardstick} is not here`)
  const rates = `${ours.rate.toFixed(0)} of ${other.rate.toFixed(0)} req/s`
  const cpu = `CPU ${ours.cpu.toFixed(0)} of ${other.cpu.toFixed(0)} µs`
  return { what, target: { atLeast }, found: ours.rate / other.rate, detail: `${rates}; ${cpu}` }
}

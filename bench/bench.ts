import { execFileSync } from 'node:child_process'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { figureTable } from './figures.ts'
import { functionsRow } from './functions.ts'
import { listsRow } from './lists.ts'
import { type Options, readOptions } from './options.ts'
import type { Report } from './report.ts'
import { isReached, rowTable } from './row.ts'
import { flowSize } from './rows/flow-size.ts'
import { growth } from './rows/growth.ts'
import { lateSteps } from './rows/late-steps.ts'
import { latency } from './rows/latency.ts'
import { memory } from './rows/memory.ts'
import { postgres } from './rows/postgres.ts'
import { startUp } from './rows/start-up.ts'
import { steps } from './rows/steps.ts'
import { timersRow } from './timers.ts'

/** The parts of the bench, each with the rows of the target table that it measures (docs/performance.md). */
const PARTS: Readonly<Record<string, (options: Options) => Promise<Report>>> = {
  steps,
  latency,
  growth,
  memory,
  'flow-size': flowSize,
  'late-steps': lateSteps,
  'start-up': startUp,
  postgres,
  functions: async ({ rounds, roundMs }) => ({ notes: [await functionsRow(rounds, roundMs)] }),
  lists: async ({ rounds, quick }) => ({ notes: quick ? [] : [await listsRow(rounds)] }),
  timers: async ({ rounds, quick }) => ({ notes: quick ? [] : [await timersRow(rounds)] }),
}

const { options, wanted } = readOptions(process.argv.slice(2))
const unknown = wanted.filter((name) => !Object.hasOwn(PARTS, name))
if (unknown.length > 0)
  throw new Error(`no such part: ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`)

const machine = {
  date: new Date().toISOString(),
  node: process.version,
  cores: availableParallelism(),
  cpu: cpus()[0]?.model,
}
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
const reports: Report[] = []
for (const [name, measure] of Object.entries(PARTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  process.stderr.write(`${name} …\n`)
  reports.push(await measure(options))
}
const figures = reports.flatMap((report) => report.figures ?? [])
const rows = reports.flatMap((report) => report.rows ?? [])
const notes = reports.flatMap((report) => report.notes ?? [])
console.log(options.json ? json() : text())

function json(): string {
  const judged = rows.map((row) => ({ ...row, reached: isReached(row) }))
  return JSON.stringify(
    { ...machine, commit, load: loadavg(), quick: options.quick, figures, rows: judged, notes },
    null,
    2,
  )
}

function text(): string {
  const { date, node, cores, cpu } = machine
  const head = `${date.slice(0, 10)}, commit ${commit}, Node ${node}, ${cores} cores (${cpu}), load ${loadavg()[0]?.toFixed(1)}${options.quick ? ', --quick' : ''}`
  return [head, '', figureTable(figures), '', rowTable(rows), '', ...notes.map((note) => `- ${note}`)].join('\n')
}

import { readdir, readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { ManualClock } from '../../src/clock/manual-clock.ts'
import { readConfig } from '../../src/config.ts'
import { parseFlowText } from '../../src/flow/file.ts'
import { importFlow } from '../../src/flow/import.ts'
import { openParts } from '../../src/parts.ts'
import { Network } from '../../src/simulator/network.ts'
import { timeOf } from '../../src/simulator/time.ts'
import { catalogue } from '../../src/widgets/index.ts'
import { type CheckedLine, ORIGIN } from './checked-line.ts'
import { type Dice, seedOf } from './dice.ts'
import { hintsOf } from './hints.ts'
import { ACCOUNT, type Ground, type Plan, walkOnce } from './one-walk.ts'
import { HURRIED_MS, Services } from './services.ts'

/** What is to be walked. */
export interface Tour {
  readonly folder: string
  readonly seed: number
  /** Walks of each flow. */
  readonly walks: number
  /** Only this flow. */
  readonly flow?: string | undefined
  readonly verbose?: boolean
  /** Gives an empty database; in memory, where it is left out. */
  database?(): Promise<string>
}

/** What came of it. */
export interface Report {
  readonly flows: number
  readonly walks: number
  readonly failures: readonly Failure[]
  /** Widgets of these flows, and how many of them a walk left. */
  readonly widgets: number
  readonly visited: number
  /** How many answers came in parts. */
  readonly inParts: number
  /** Files that are not served, and why. */
  readonly refused: readonly { readonly file: string; readonly reason: string }[]
}

export interface Failure {
  readonly flow: string
  /** `--seed` that makes this walk the first one. */
  readonly seed: number
  readonly fault: string
}

/** Walks every flow of a folder; tells of each failure as it comes. */
export async function walkFolder(tour: Tour, onFailure: (failure: Failure) => void = () => {}): Promise<Report> {
  const calm = await open(tour, false)
  const hurried = await open(tour, true)
  try {
    const flows = calm.parts.flows.list().filter(({ name }) => tour.flow === undefined || name === tour.flow)
    const walked: Stretch[] = []
    for (const flow of flows) walked.push(await walkFlow(tour, flow, [calm, hurried], onFailure))
    const total = (key: 'widgets' | 'visited' | 'inParts') => walked.reduce((sum, stretch) => sum + stretch[key], 0)
    const served = new Set(calm.parts.flows.list().map(({ name }) => name))
    return {
      flows: flows.length,
      walks: flows.length * tour.walks,
      failures: walked.flatMap(({ failures }) => failures),
      widgets: total('widgets'),
      visited: total('visited'),
      inParts: total('inParts'),
      refused: await refusedIn(tour.folder, served),
    }
  } finally {
    await calm.parts.close()
    await hurried.parts.close()
  }
}

type Stretch = Pick<Report, 'failures' | 'widgets' | 'visited' | 'inParts'>

async function walkFlow(
  tour: Tour,
  flow: Plan['flow'],
  [calm, hurried]: readonly [Ground, Ground],
  onFailure: (failure: Failure) => void,
): Promise<Stretch> {
  const hints = hintsOf(JSON.parse(await readFile(join(tour.folder, `${flow.name}.json`), 'utf8')))
  const failures: Failure[] = []
  const visited = new Set<string>()
  let inParts = 0
  for (const seed of seedsOf(tour)) {
    const ground = seedOf(seed, flow.name, 'ground') % 8 === 0 ? hurried : calm
    const walked = await walkOnce({ ground, flow, hints, seed, verbose: tour.verbose ?? false })
    const found = walked.faults.map((fault) => ({ flow: flow.name, seed, fault }))
    for (const failure of found) onFailure(failure)
    failures.push(...found)
    for (const name of walked.visited) visited.add(name)
    inParts += walked.inParts
  }
  return { failures, widgets: hints.widgets, visited: visited.size, inParts }
}

async function open({ folder, database }: Tour, hurried: boolean): Promise<Ground> {
  const services = new Services(hurried)
  const clock = new ManualClock(Date.UTC(2026, 0, 5, 12))
  let walk: { readonly line: CheckedLine; readonly thrown: Dice } | undefined
  const network = new Network({
    clock,
    accountSid: ACCOUNT,
    authToken: 'dev',
    line: () => ({ ask: (request) => connected(walk).line.ask(request) }),
    connects: () => false,
    digits: () => connected(walk).thrown.hex(32),
  })
  const environment = {
    FLOWS_DIR: resolve(folder),
    DATABASE_URL: (await database?.()) ?? 'sqlite::memory:',
    LOG_LEVEL: 'silent',
    PUBLIC_URL: ORIGIN,
  }
  const outside = {
    httpRequest: () => services.httpRequest(),
    clock,
    network,
    ...(hurried && { answerWithinMs: HURRIED_MS }),
  }
  const parts = await openParts(readConfig(environment, folder), outside)
  const time = timeOf(clock, async () => {
    await network.activity.idle()
    await parts.settled()
    await network.activity.idle()
  })
  const connect = (line: CheckedLine, thrown: Dice) => {
    walk = { line, thrown }
  }
  return { services, hurried, network, clock, time, parts, connect }
}

function connected<Walk>(walk: Walk | undefined): Walk {
  if (!walk) throw new Error('nobody walks yet')
  return walk
}

/** The first walk has the seed itself, so that one can be made again alone. */
function seedsOf({ seed, walks }: Tour): number[] {
  return Array.from({ length: walks }, (_, index) => (index === 0 ? seed : seedOf(seed, index)))
}

async function refusedIn(folder: string, served: ReadonlySet<string>): Promise<Report['refused']> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json') && file !== 'sids.json').sort()
  const refused = files.filter((file) => !served.has(basename(file, '.json')))
  return Promise.all(
    refused.map(async (file) => ({ file, reason: reasonFor(await readFile(join(folder, file), 'utf8')) })),
  )
}

function reasonFor(text: string): string {
  const parsed = parseFlowText(text)
  if ('issue' in parsed) return parsed.issue.message
  const { issues } = importFlow(parsed.json, catalogue)
  const errors = issues.filter(({ severity }) => severity === 'error')
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  return errors[0] ? errors[0].message + more : 'its flow sid is that of another file'
}

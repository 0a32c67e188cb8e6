import { existsSync, readFileSync } from 'node:fs'
import { type Contender, launch, stop } from '../contender.ts'
import { LOOP } from '../flow.ts'
import { median, send } from '../load.ts'
import type { Options } from '../options.ts'
import { newFolder, putFlows, served, settingsFor } from '../ours.ts'
import type { Report } from '../report.ts'
import { calling } from '../talk.ts'

const FLOWS = 100

/** From the start in a new folder to the first webhook that is answered. */
export async function startUp({ rounds }: Options): Promise<Report> {
  const starts: Start[] = []
  for (let round = 0; round < rounds; round += 1) starts.push(await started())
  const found = median(starts.map(({ took }) => took)) / 1_000
  const cpu = median(starts.map(({ cpu }) => cpu))
  const detail = `${FLOWS} flows, first start, as built${cpu > 0 ? `; ${cpu.toFixed(2)} s of CPU` : ''}`
  return { rows: [{ what: 'start to first answered webhook', target: { atMost: 1, unit: ' s' }, found, detail }] }
}

interface Start {
  /** Milliseconds. */
  readonly took: number
  /** Seconds of the processor, whoever else uses the machine; 0 where the system does not tell. */
  readonly cpu: number
}

async function started(): Promise<Start> {
  const folder = newFolder()
  const others = Array.from({ length: FLOWS - 1 }, (_, index) => [`loop-${index}`, LOOP] as const)
  putFlows(folder, { loop: LOOP, ...Object.fromEntries(others) })
  const begin = performance.now()
  const ours = await launch('trunkline', served(folder), settingsFor(folder))
  await send({ origin: ours.origin, talks: [calling(ours.origin)], connections: 1 }, 1)
  const start = { took: performance.now() - begin, cpu: cpuOf(ours) }
  await stop(ours)
  return start
}

/** As Linux tells it, in hundredths: in user mode and in the system's (proc_pid_stat(5), 14 and 15). */
function cpuOf({ child: { pid } }: Contender): number {
  const file = `/proc/${pid}/stat`
  if (!existsSync(file)) return 0
  const [, fields = ''] = readFileSync(file, 'utf8').split(') ')
  const [user, system] = fields.split(' ').slice(11, 13)
  return (Number(user) + Number(system)) / 100
}

import { launch, stop } from '../contender.ts'
import { flowsFolder, LOOP } from '../flow.ts'
import { median, send } from '../load.ts'
import type { Options } from '../options.ts'
import { newFolder, served, settingsFor } from '../ours.ts'
import type { Report } from '../report.ts'
import { calling } from '../talk.ts'

const FLOWS = 100

/** From the start in a new folder to the first webhook that is answered. */
export async function startUp({ rounds }: Options): Promise<Report> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) times.push(await started())
  const found = median(times) / 1_000
  const detail = `${FLOWS} flows, first start, as built`
  return { rows: [{ what: 'start to first answered webhook', target: { atMost: 1, unit: ' s' }, found, detail }] }
}

async function started(): Promise<number> {
  const folder = newFolder()
  const others = Array.from({ length: FLOWS - 1 }, (_, index) => [`loop-${index}`, LOOP] as const)
  flowsFolder(folder, { loop: LOOP, ...Object.fromEntries(others) })
  const begin = performance.now()
  const ours = await launch('trunkline', served(folder), settingsFor(folder))
  await send({ origin: ours.origin, talks: [calling(ours.origin)], connections: 1 }, 1)
  const took = performance.now() - begin
  await stop(ours)
  return took
}

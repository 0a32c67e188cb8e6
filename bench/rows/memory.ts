import { memoryOf, stop } from '../contender.ts'
import { median, send } from '../load.ts'
import type { Options } from '../options.ts'
import { startOurs } from '../ours.ts'
import type { Report } from '../report.ts'
import { stored } from '../stored.ts'
import { talks } from '../talk.ts'

const FEW = { executions: 100, waiting: 100 }
const MANY = { executions: 100_000, waiting: 100_000 }

/** What 100,000 waiting executions take of the server's memory more than 100 do, after the same requests. */
export async function memory({ rounds }: Options): Promise<Report> {
  const folders = [(await stored(FEW)).folder, (await stored(MANY)).folder]
  const found = folders.map(() => [] as number[])
  for (let round = 0; round < Math.min(rounds, 3); round += 1)
    for (const [index, folder] of folders.entries()) found[index]?.push(await megabytes(folder))
  const [few = 0, many = 0] = found.map(median)
  return {
    rows: [
      {
        what: `memory, ${MANY.waiting.toLocaleString('en')} waiting executions instead of ${FEW.waiting}`,
        target: { atMost: 20, unit: ' MB' },
        found: many - few,
        detail: `${many.toFixed(0)} and ${few.toFixed(0)} MB`,
      },
    ],
  }
}

/** Once it has worked a little and its garbage is gone. */
async function megabytes(folder: string): Promise<number> {
  const ours = await startOurs(folder)
  await send({ origin: ours.origin, talks: talks(ours.origin, 100) }, 2_000)
  const found = await memoryOf(ours)
  await stop(ours)
  return found
}

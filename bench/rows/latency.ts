import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { stop } from '../contender.ts'
import { flood, median, pace, quantile } from '../load.ts'
import type { Options } from '../options.ts'
import { folderWithLoop, startOurs } from '../ours.ts'
import type { Report } from '../report.ts'
import { talks } from '../talk.ts'

/** How long one waits: at half of the highest throughput, and alone. */
export async function latency({ rounds, roundMs }: Options): Promise<Report> {
  const folder = folderWithLoop()
  const ours = await startOurs(folder)
  const load = { origin: ours.origin, talks: talks(ours.origin, 1_000) }
  const [halfs, lones, syncs] = [[] as number[], [] as number[], [] as number[]]
  const full = await flood(load, 2 * roundMs)
  const half = full.requests / full.seconds / 2
  for (let round = 0; round < rounds; round += 1) {
    halfs.push(quantile((await pace(load, half, roundMs)).latencies, 0.99))
    lones.push(quantile((await flood({ ...load, connections: 1 }, roundMs)).latencies, 0.5))
    syncs.push(syncMs(folder))
  }
  await stop(ours)
  const [lone, sync] = [median(lones), median(syncs)]
  return {
    rows: [
      {
        what: 'p99 at half of the highest throughput',
        target: { atMost: 25, unit: ' ms' },
        found: median(halfs),
        detail: `at ${half.toFixed(0)} req/s`,
      },
      {
        what: 'a lone request, p50 without one fsync',
        target: { atMost: 2, unit: ' ms' },
        found: lone - sync,
        detail: `p50 ${lone.toFixed(2)} ms, an fsync of 4 KB ${sync.toFixed(2)} ms`,
      },
    ],
  }
}

/** How long the disk takes to have a page for certain, in milliseconds. */
function syncMs(folder: string): number {
  const file = openSync(join(folder, 'synced'), 'w')
  const times = Array.from({ length: 50 }, () => {
    const begin = performance.now()
    writeSync(file, PAGE)
    fsyncSync(file)
    return performance.now() - begin
  })
  closeSync(file)
  return median(times)
}

const PAGE = Buffer.alloc(4_096, 1)

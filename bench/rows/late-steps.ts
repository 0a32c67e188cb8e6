import { type Contender, stop, usageOf } from '../contender.ts'
import { median, send } from '../load.ts'
import type { Options } from '../options.ts'
import { startOurs } from '../ours.ts'
import type { Report } from '../report.ts'
import { calling, type Talk } from '../talk.ts'

const CALLS = 192
/** That each call takes in a round; a press is two steps. */
const PRESSES = 10
const LATE = 450

/** The CPU and the bytes of step 900 of an execution against those of step 10. */
export async function lateSteps({ quick, rounds }: Options): Promise<Report> {
  const ours = await startOurs()
  const calls = () => Array.from({ length: quick ? CALLS / 3 : CALLS }, () => calling(ours.origin))
  const [early, late] = [calls(), calls()]
  await presses(ours, early, 5)
  await presses(ours, late, LATE - PRESSES)
  const found = { early: [] as Cost[], late: [] as Cost[] }
  for (let round = 0; round < Math.min(rounds, 4); round += 1) {
    found.early.push(await presses(ours, early, PRESSES))
    found.late.push(await presses(ours, late, PRESSES))
  }
  await stop(ours)
  return { rows: (['cpu', 'written'] as const).map((what) => rowOf(what, found)) }
}

interface Cost {
  readonly cpu: number
  readonly written: number
}

/** What a request costs while every call takes so many. */
async function presses(ours: Contender, talks: Talk[], each: number): Promise<Cost> {
  const before = await usageOf(ours)
  const { requests } = await send({ origin: ours.origin, talks }, each * talks.length)
  const { cpu, written } = await usageOf(ours)
  return { cpu: (cpu - before.cpu) / requests, written: (written - before.written) / requests }
}

function rowOf(what: keyof Cost, found: Readonly<Record<'early' | 'late', readonly Cost[]>>) {
  const [early, late] = [median(found.early.map((cost) => cost[what])), median(found.late.map((cost) => cost[what]))]
  return {
    what: `step 900 instead of step 10, ${what === 'cpu' ? 'CPU' : 'bytes written'}`,
    target: { atMost: 1.2 },
    found: late / early,
    detail: `${late.toFixed(0)} of ${early.toFixed(0)} ${what === 'cpu' ? 'µs' : 'bytes'}`,
  }
}

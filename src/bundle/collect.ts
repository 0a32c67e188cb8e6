import type { Execution } from '../engine/execution.ts'
import type { Flows } from '../engine/flows.ts'
import type { Revision } from '../store/saved-flow.ts'
import type { Store } from '../store/store.ts'
import { Bundle } from './bundle.ts'
import { rebuild } from './rebuild.ts'
import { recordedOf } from './recorded.ts'
import { type Recorded, Unplayable } from './replay.ts'
import { type Report, reported } from './report.ts'
import { withoutSecrets } from './secrets.ts'

/** What a bundle says beside the execution itself. */
export interface Circumstances {
  readonly template: Bundle['template']
  /** Texts that must not be in it, wherever they would stand. */
  readonly secrets: readonly string[]
  /** The flows that it walked, ready to walk; without them its visits are left out. */
  readonly flows?: Flows | undefined
}

/** Puts an execution into a bundle, without secrets. */
export async function bundleOf(execution: Execution, store: Store, around: Circumstances): Promise<Bundle> {
  const recorded = await recordedOf(execution, store)
  const whole = {
    format: 'trunkline-bundle',
    version: 1,
    template: around.template,
    flows: await revisionsOf(execution, store),
    ...recorded,
    warnings: await store.warnings(execution.sid),
    ...(around.flows && (await visitsIn(recorded, around.flows))),
  }
  return Bundle.parse(withoutSecrets(whole, around.secrets))
}

/** What is not kept of the visits, or why it cannot be rebuilt. */
async function visitsIn(recorded: Recorded, flows: Flows): Promise<Pick<Bundle, 'visits' | 'visits_missing'>> {
  try {
    return shortened((await rebuild(recorded, flows)).map(reported))
  } catch (error) {
    if (error instanceof Unplayable) return { visits_missing: error.message }
    throw error
  }
}

/** A flow can fill its properties with far more than anybody reads. */
function shortened(visits: readonly Report[]): Pick<Bundle, 'visits' | 'visits_missing'> {
  const kept: Report[] = []
  let room = LONGEST
  for (const visit of visits) {
    room -= JSON.stringify(visit).length
    if (room < 0) return { visits: kept, visits_missing: `there are ${visits.length}; the others are too long` }
    kept.push(visit)
  }
  return { visits: kept }
}

/** Characters of JSON. */
const LONGEST = 4_000_000

/** The revision it is pinned to, and those of its subflows. */
async function revisionsOf({ frames, flowSid, subflows = [] }: Execution, store: Store): Promise<readonly Revision[]> {
  const names = new Map([[flowSid, new Set([frames[0]?.revision ?? 0])]])
  for (const { flowSid: sid, pinned } of subflows) names.set(sid, (names.get(sid) ?? new Set()).add(pinned))
  const wanted = [...names].flatMap(([sid, numbers]) => [...numbers].map((number) => store.revision(sid, number)))
  return (await Promise.all(wanted)).filter((revision) => revision !== undefined)
}

import type { Execution } from '../engine/execution.ts'
import type { Revision } from '../store/saved-flow.ts'
import type { Store } from '../store/store.ts'
import { Bundle } from './bundle.ts'
import { withoutSecrets } from './secrets.ts'

/** What a bundle says beside the execution itself. */
export interface Circumstances {
  readonly template: Bundle['template']
  /** Texts that must not be in it, wherever they would stand. */
  readonly secrets: readonly string[]
}

/** Puts an execution into a bundle, without secrets. */
export async function bundleOf(execution: Execution, store: Store, around: Circumstances): Promise<Bundle> {
  const whole = {
    format: 'trunkline-bundle',
    version: 1,
    template: around.template,
    flows: await revisionsOf(execution, store),
    execution,
    steps: await store.steps(execution.sid),
    warnings: await store.warnings(execution.sid),
    events: await store.events(execution.sid),
  }
  return Bundle.parse(withoutSecrets(whole, around.secrets))
}

/** The revision it is pinned to, and those of its subflows. */
async function revisionsOf({ frames, flowSid, subflows = [] }: Execution, store: Store): Promise<readonly Revision[]> {
  const names = new Map([[flowSid, new Set([frames[0]?.revision ?? 0])]])
  for (const { flowSid: sid, pinned } of subflows) names.set(sid, (names.get(sid) ?? new Set()).add(pinned))
  const wanted = [...names].flatMap(([sid, numbers]) => [...numbers].map((number) => store.revision(sid, number)))
  return (await Promise.all(wanted)).filter((revision) => revision !== undefined)
}

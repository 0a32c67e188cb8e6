import type { Bundle } from '../../src/bundle/bundle.ts'
import { bundleOf } from '../../src/bundle/collect.ts'
import { compare } from '../../src/bundle/compare.ts'
import { replay } from '../../src/bundle/replay.ts'
import { STUDIO_LIQUID } from '../../src/liquid/template.ts'
import type { Parts } from '../../src/parts.ts'
import { wholeMatch } from '../../src/regex/whole-match.ts'
import { catalogue } from '../../src/widgets/index.ts'

/** Where an execution goes another way when its bundle is played again, and what is not told of its steps. */
export async function replayFaults(
  sid: string,
  { store, flows }: Pick<Parts, 'store' | 'flows'>,
): Promise<readonly string[]> {
  const execution = await store.execution(sid)
  if (!execution) return []
  const { timezone, turns, outputLength } = STUDIO_LIQUID
  const bundle = await bundleOf(execution, store, {
    template: { timezone, turns, outputLength },
    secrets: [],
    flows: await flows.around(execution),
  })
  const toolbox = {
    widgets: catalogue,
    liquid: STUDIO_LIQUID,
    wholeMatch,
  }
  const lines = compare(bundle, replay({ bundle, toolbox })).filter(({ kind }) => kind !== 'same')
  return [
    ...lines.map((line) => `played again, ${sid} goes another way: ${JSON.stringify(line)}`),
    ...untold(bundle).map((fault) => `of ${sid}, ${fault}`),
  ]
}

/** Every step was entered once. */
function untold({ visits = [], visits_missing, steps }: Bundle): readonly string[] {
  const told = new Set(visits.map(({ step_sid }) => step_sid))
  const missing = steps.filter(({ sid }) => !told.has(sid)).map(({ from }) => `nothing is told of ${from}`)
  return visits_missing === undefined ? missing : [`the steps cannot be told: ${visits_missing}`]
}

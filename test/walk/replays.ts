import { bundleOf } from '../../src/bundle/collect.ts'
import { compare } from '../../src/bundle/compare.ts'
import { replay } from '../../src/bundle/replay.ts'
import { STUDIO_LIQUID } from '../../src/liquid/template.ts'
import { wholeMatch } from '../../src/regex/whole-match.ts'
import type { Store } from '../../src/store/store.ts'
import { widgets } from '../../src/widgets/index.ts'

/** Where an execution goes another way when its bundle is played again. */
export async function replayFaults(sid: string, store: Store): Promise<readonly string[]> {
  const execution = await store.execution(sid)
  if (!execution) return []
  const { timezone, turns, outputLength } = STUDIO_LIQUID
  const bundle = await bundleOf(execution, store, { template: { timezone, turns, outputLength }, secrets: [] })
  const toolbox = {
    widgets: new Map(widgets.map((widget) => [widget.type, widget])),
    liquid: STUDIO_LIQUID,
    wholeMatch,
  }
  const lines = compare(bundle, replay({ bundle, toolbox })).filter(({ kind }) => kind !== 'same')
  return lines.map((line) => `played again, ${sid} goes another way: ${JSON.stringify(line)}`)
}

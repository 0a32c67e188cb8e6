import { type Problem, problemsOf } from '../../src/lint/lint.ts'
import type { Example } from '../../src/lint/rule.ts'
import { catalogue } from '../../src/widgets/index.ts'

/** The problems of one file. */
export function problemsIn(text: string, strict = false): Problem[] {
  const files = [{ file: 'flow.json', text, sid: 'FW00000000000000000000000000000001' }]
  return problemsOf({ files, pinned: [] }, catalogue, { strict })
}

/** The text of the file that an example of the docs stands for. */
export function textOf({ kind, text }: Example): string {
  if (kind === 'file')
    return text.replace('"… 2,001 widgets"', () => MANY).replace(RUNS, (_, count) => runs(Number(count)))
  return flowText(...JSON.parse(`[${text}]`))
}

/** A flow of these widgets that begins at the first of them, one line a widget. */
export function flowText(...states: readonly { readonly name: string; readonly type: string }[]): string {
  const [first] = states
  const next = { event: 'incomingCall', next: first?.name }
  const trigger = { name: 'Trigger', type: 'trigger', properties: {}, transitions: [next] }
  const all = first?.type === 'trigger' ? states : [trigger, ...states]
  return `{ "states": [\n${all.map((state) => JSON.stringify(state)).join(',\n')}\n], "initial_state": "Trigger" }`
}

const MANY = Array.from({ length: 2001 }, (_, index) =>
  JSON.stringify({ name: `w${index}`, type: 'trigger', properties: {}, transitions: [] }),
).join()

const RUNS = /"… (\d+) Run Subflow widgets"/

/** So many Run Subflow widgets of one subflow, one after the other. */
function runs(count: number): string {
  const properties = { flow_sid: 'FW00000000000000000000000000000002', flow_revision: 'LatestPublished' }
  const states = Array.from({ length: count }, (_, index) => ({
    name: `sub${index}`,
    type: 'run-subflow',
    properties,
    transitions: [{ event: 'completed', ...(index + 1 < count && { next: `sub${index + 1}` }) }],
  }))
  return states.map((state) => JSON.stringify(state)).join(',\n')
}

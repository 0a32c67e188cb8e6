import { type Problem, problemsOf } from '../../src/lint/lint.ts'
import type { Example } from '../../src/lint/rule.ts'
import { widgets } from '../../src/widgets/index.ts'

/** The widgets that run here, as the document wants them. */
export const catalogue = new Map(widgets.map((widget) => [widget.type, widget]))

/** The problems of one file. */
export function problemsIn(text: string, strict = false): Problem[] {
  const files = [{ file: 'flow.json', text, sid: 'FW00000000000000000000000000000001' }]
  return problemsOf({ files, pinned: [] }, catalogue, { strict })
}

/** The text of the file that an example of the docs stands for. */
export function textOf({ kind, text }: Example): string {
  if (kind === 'file') return text.replace('"… 2,001 widgets"', () => MANY)
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

import { setImmediate as breath } from 'node:timers/promises'
import { Refusal } from '../../errors.ts'
import { parseFlowText } from '../../flow/file.ts'
import { importFlow } from '../../flow/import.ts'
import type { Issue, Judging } from '../../flow/issue.ts'
import type { WidgetCatalogue } from '../../flow/validate.ts'

/** Bytes of a request with a definition: the largest real flows have some hundred thousand. */
export const DEFINITION_LIMIT = 4 * 1024 * 1024

/** The definition in a text of JSON; throws a `Refusal` with every flaw where it cannot be used (engine.md 8.4). */
export async function definitionIn(text: string, catalogue: WidgetCatalogue, judging: Judging = {}): Promise<unknown> {
  const parsed = parseFlowText(text)
  if ('issue' in parsed) throw invalid([parsed.issue])
  await breath() // long ones take their time: callers are let in between
  const imported = importFlow(parsed.json, catalogue, judging)
  const errors = imported.issues.filter(({ severity }) => severity === 'error')
  if (errors.length > 0 || !('source' in imported)) throw invalid(errors)
  return imported.source
}

type Flaw = Pick<Issue, 'message' | 'path' | 'hint'>

/** A flaw in Twilio's shape. */
export function flawOf({ message, path, hint }: Flaw) {
  return { message: hint === undefined ? message : `${message} (${hint})`, property_path: path }
}

function invalid(flaws: readonly Flaw[]): Refusal {
  const [first] = flaws
  const more = flaws.length > 1 ? ` (and ${flaws.length - 1} more)` : ''
  const message = `The definition is not valid: ${first?.path} ${first?.message}${more}`
  return new Refusal('invalidDefinition', message, { errors: flaws.map(flawOf) })
}

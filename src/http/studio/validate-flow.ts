import { Refusal } from '../../errors.ts'
import { parseFlowText } from '../../flow/file.ts'
import { importFlow } from '../../flow/import.ts'
import type { WidgetCatalogue } from '../../flow/validate.ts'
import { oneOf, required } from './parameters.ts'
import { ok, type Resource } from './resource.ts'

/** `POST /v2/Flows/Validate`: judges a definition as Studio's own validator does (engine.md 8.2 and 8.4). */
export function validateFlow({ catalogue }: { readonly catalogue: WidgetCatalogue }): Resource {
  return {
    path: '/v2/Flows/Validate',
    bodyLimit: DEFINITION_LIMIT,
    POST({ form }) {
      required(form, 'FriendlyName')
      if (!oneOf(form, 'Status', ['draft', 'published'])) required(form, 'Status')
      judge(required(form, 'Definition'), catalogue)
      return ok({ valid: true })
    },
  }
}

/** Throws a `Refusal` with every flaw of a definition that Studio would not take. */
function judge(definition: string, catalogue: WidgetCatalogue): void {
  const parsed = parseFlowText(definition)
  if ('issue' in parsed) throw invalid([parsed.issue])
  const { issues } = importFlow(parsed.json, catalogue, { strict: true })
  const errors = issues.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw invalid(errors)
}

/** Bytes: the largest real flows have some hundred thousand. */
const DEFINITION_LIMIT = 4 * 1024 * 1024

interface Flaw {
  readonly message: string
  readonly path: string
  readonly hint?: string
}

function invalid(flaws: readonly Flaw[]): Refusal {
  const [first] = flaws
  const more = flaws.length > 1 ? ` (and ${flaws.length - 1} more)` : ''
  return new Refusal('invalidDefinition', `The definition is not valid: ${first?.path} ${first?.message}${more}`, {
    errors: flaws.map(({ message, path, hint }) => ({
      message: hint === undefined ? message : `${message} (${hint})`,
      property_path: path,
    })),
  })
}

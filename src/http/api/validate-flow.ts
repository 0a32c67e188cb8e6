import type { FastifyInstance } from 'fastify'
import { Refusal } from '../../errors.ts'
import { parseFlowText } from '../../flow/file.ts'
import { importFlow } from '../../flow/import.ts'
import type { WidgetCatalogue } from '../../flow/validate.ts'
import type { Credentials } from '../../signature/basic-auth.ts'
import { type FormBody, paramsOf } from '../webhooks/form.ts'
import { requireAccess } from './access.ts'

/** What the REST API needs. */
export interface ApiParts {
  readonly credentials: readonly Credentials[]
  readonly catalogue: WidgetCatalogue
}

/** `POST /v2/Flows/Validate`: judges a definition as Studio's own validator does (engine.md 8.2 and 8.4). */
export function validateFlow(server: FastifyInstance, { credentials, catalogue }: ApiParts): void {
  server.post('/v2/Flows/Validate', {
    bodyLimit: DEFINITION_LIMIT,
    onRequest: requireAccess(credentials),
    handler({ body }) {
      const form = (body as FormBody | undefined)?.form ?? [] // made by the content type parsers of server.ts
      const { definition } = validateForm(paramsOf([], form))
      const parsed = parseFlowText(definition)
      if ('issue' in parsed) throw invalid([parsed.issue])
      const { issues } = importFlow(parsed.json, catalogue, { strict: true })
      const errors = issues.filter(({ severity }) => severity === 'error')
      if (errors.length > 0) throw invalid(errors)
      return { valid: true }
    },
  })
}

/** Bytes: the largest real flows have some hundred thousand. */
const DEFINITION_LIMIT = 4 * 1024 * 1024

function validateForm({ FriendlyName, Status, Definition }: Record<string, string>): { readonly definition: string } {
  for (const [name, value] of Object.entries({ FriendlyName, Status, Definition }))
    if (!value) throw new Refusal('invalidRequest', `Missing required parameter ${name} in the post body`)
  if (Status !== 'draft' && Status !== 'published')
    throw new Refusal('invalidRequest', `Status is ${JSON.stringify(Status)}; expected draft or published`)
  return { definition: Definition ?? '' }
}

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

import { z } from 'zod'
import type { WidgetCatalogue } from '../../flow/validate.ts'
import { oneOf, required } from '../parameters.ts'
import { ok, type Resource } from '../resource.ts'
import { DEFINITION_LIMIT, definitionIn } from './definition.ts'
import { NEW_FLOW } from './shapes.ts'

/** `POST /v2/Flows/Validate`: judges a definition as Studio's own validator does (engine.md 8.2 and 8.4). */
export function validateFlow({ catalogue }: { readonly catalogue: WidgetCatalogue }): Resource {
  return {
    path: '/v2/Flows/Validate',
    bodyLimit: DEFINITION_LIMIT,
    about: { POST: { summary: 'Judges a definition', form: NEW_FLOW, answer: z.object({ valid: z.boolean() }) } },
    async POST({ form }) {
      required(form, 'FriendlyName')
      required(form, 'Status')
      oneOf(form, 'Status', ['draft', 'published'])
      await definitionIn(required(form, 'Definition'), catalogue, { strict: true })
      return ok({ valid: true })
    },
  }
}

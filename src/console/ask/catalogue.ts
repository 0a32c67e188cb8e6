import * as z from 'zod/mini'
import type { Catalogue } from '../document/catalogue.ts'
import { ask } from './ask.ts'

const Field = z.object({
  name: z.string(),
  title: z.string(),
  kind: z.string(),
  choices: z.optional(z.array(z.string())),
  liquid: z.boolean(),
  required: z.optional(z.boolean()),
  default: z.optional(z.unknown()),
  help: z.optional(z.string()),
  json: z.optional(z.string()),
})

const WidgetType = z.object({
  type: z.string(),
  title: z.string(),
  group: z.string(),
  summary: z.string(),
  retired: z._default(z.boolean(), false),
  exits: z.array(z.object({ event: z.string(), title: z.string() })),
  fields: z.array(Field),
})

/** The types of widgets that the server knows, in its order. */
export async function catalogueOf(): Promise<Catalogue> {
  const { widgets } = await ask({ path: '/api/widgets', answer: z.object({ widgets: z.array(WidgetType) }) })
  return new Map(widgets.map((widget) => [widget.type, widget]))
}

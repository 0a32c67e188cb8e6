import type { Catalogue, Field } from '../../src/console/document/catalogue.ts'
import { fieldsOf } from '../../src/flow/form.ts'
import { widgets } from '../../src/widgets/index.ts'

/** The types of widgets as the server tells the page of them. */
export const catalogue: Catalogue = new Map(
  widgets.map(({ type, summary, library, exits, properties }) => {
    const { title, group, retired = false, exits: titles } = library
    const told = exits.map((event) => ({ event, title: titles[event] ?? event }))
    const fields: readonly Field[] = fieldsOf(properties)
    return [type, { type, title, group, summary, retired, exits: told, fields }]
  }),
)

import type { Catalogue, Field } from '../../src/console/document/catalogue.ts'
import { libraryWords } from '../../src/engine/library-words.ts'
import { fieldsOf } from '../../src/flow/form.ts'
import { widgets } from '../../src/widgets/index.ts'

/** The types of widgets as the server tells the page of them. */
export const catalogue: Catalogue = new Map(
  widgets.map((widget) => {
    const { type, summary, library, properties } = widget
    const { retired = false } = library
    const fields: readonly Field[] = fieldsOf(properties)
    return [type, { type, ...libraryWords(widget), summary, retired, fields }]
  }),
)

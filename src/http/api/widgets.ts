import { z } from 'zod'
import { libraryWords } from '../../engine/library-words.ts'
import type { Widget } from '../../engine/widget.ts'
import { fieldsOf } from '../../flow/form.ts'
import { ok, type Resource } from '../resource.ts'
import { WIDGET } from './shapes.ts'

/** What the widget library needs. */
export interface LibraryParts {
  readonly widgets: readonly Widget[]
}

/** `GET /api/widgets`: every type of widget with Studio's words for it and the fields of its form. */
export function library({ widgets }: LibraryParts): Resource {
  const answer = z.object({ widgets: z.array(WIDGET) })
  let all: readonly ReturnType<typeof shown>[] | undefined // 20 ms, which no start waits for
  return {
    path: '/api/widgets',
    about: { GET: { summary: 'Lists the types of widgets', answer } },
    GET() {
      all ??= widgets.map(shown)
      return ok({ widgets: all })
    },
  }
}

function shown(widget: Widget) {
  const { type, library, summary, needs, properties } = widget
  const { retired = false } = library
  return { type, ...libraryWords(widget), summary, retired, needs, fields: fieldsOf(properties) }
}

import type { Widget } from '../../engine/widget.ts'
import { fieldsOf } from '../../flow/form.ts'
import { ok, type Resource } from '../resource.ts'

/** What the widget library needs. */
export interface LibraryParts {
  readonly widgets: readonly Widget[]
}

/** `GET /api/widgets`: every type of widget with Studio's words for it and the fields of its form. */
export function library({ widgets }: LibraryParts): Resource {
  const body = { widgets: widgets.map(shown) }
  return { path: '/api/widgets', GET: () => ok(body) }
}

function shown({ type, library, summary, needs, exits, properties }: Widget) {
  const { title, group, retired = false, exits: titles } = library
  return {
    type,
    title,
    group,
    summary,
    retired,
    needs,
    exits: exits.map((event) => ({ event, title: titles[event] ?? event })),
    fields: fieldsOf(properties),
  }
}

import { useState } from 'react'
import { grouped } from '../../flow/grouped.ts'
import { iconOf, toneOf } from '../canvas/tones.ts'
import { WIDGET_TYPE } from '../canvas/use-dropped-widget.ts'
import type { WidgetType } from '../document/catalogue.ts'
import { useEditor } from '../editor/editor.ts'
import '../styles/library.css'

/** The types of widgets to choose from: a click adds one, or it is dragged to its place. */
export function WidgetLibrary() {
  const { catalogue } = useEditor()
  const [query, setQuery] = useState('')
  const offered = [...catalogue.values()].filter(
    (one) => !one.retired && one.type !== 'trigger' && isFound(one, query.trim().toLowerCase()),
  )
  const groups = grouped(offered, ({ group }) => group)
  return (
    <>
      <h2>Widget Library</h2>
      <input
        className="input"
        type="search"
        aria-label="Search widgets"
        placeholder="Search widgets…"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      {[...groups].map(([group, types]) => (
        <section key={group} className="library-group" aria-label={group}>
          <h3>{group}</h3>
          {types.map((one) => (
            <LibraryWidget key={one.type} widget={one} />
          ))}
        </section>
      ))}
      {offered.length === 0 && <p className="faint">No widget is called so.</p>}
    </>
  )
}

function LibraryWidget({ widget: { type, title, summary } }: { readonly widget: WidgetType }) {
  const { catalogue, add } = useEditor()
  const Icon = iconOf(catalogue, type)
  return (
    <button
      type="button"
      className={`library-widget ${toneOf(catalogue, type)}`}
      title={summary}
      draggable
      onDragStart={(event) => event.dataTransfer.setData(WIDGET_TYPE, type)}
      onClick={() => add(type)}
    >
      <Icon size={16} aria-hidden />
      {title}
    </button>
  )
}

function isFound({ type, title, summary }: WidgetType, query: string): boolean {
  return [type, title, summary].some((text) => text.toLowerCase().includes(query))
}

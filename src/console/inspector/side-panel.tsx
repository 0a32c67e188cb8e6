import { placedIn } from '../document/placed.ts'
import { useEditor } from '../editor/editor.ts'
import { Inspector } from './inspector.tsx'
import { ManySelected } from './many-selected.tsx'
import { WidgetLibrary } from './widget-library.tsx'
import '../styles/inspector.css'
import '../styles/inspector-rows.css'

/** The panel at the right, as in Studio: the library, or the inspector of what is selected. */
export function SidePanel() {
  const { document } = useEditor()
  const chosen = placedIn(document.definition).filter(({ id }) => document.selection.includes(id))
  const [one] = chosen
  return (
    <aside className="side-panel" aria-label={one ? 'Inspector' : 'Widget Library'}>
      {!one && <WidgetLibrary />}
      {one && chosen.length === 1 && <Inspector key={one.id} placed={one} />}
      {chosen.length > 1 && <ManySelected chosen={chosen} />}
    </aside>
  )
}

import { Braces, type LucideIcon, Phone, Redo2, Search, Undo2, WandSparkles } from 'lucide-react'
import { flowHash } from '../route.ts'
import { useEditor } from './editor.ts'
import { useOverlay } from './overlay.ts'
import { ProblemsButton } from './problems-button.tsx'
import { SaveButtons } from './save-buttons.tsx'

/** The bar at the top: which flow this is, and what can be done with all of it. */
export function TopBar() {
  const { document, undo, redo, tidyUp } = useEditor()
  const { show } = useOverlay()
  const { past, future } = document
  return (
    <header className="top-bar">
      <FlowTitle />
      <div className="top-bar-tools" role="toolbar" aria-label="Edit">
        <Tool title="Undo" keys="Ctrl+Z" Icon={Undo2} isOff={past.length === 0} onClick={undo} />
        <Tool title="Redo" keys="Ctrl+Shift+Z" Icon={Redo2} isOff={future.length === 0} onClick={redo} />
        <Tool title="Find" keys="Ctrl+F" Icon={Search} text="Find" onClick={() => show('find')} />
        <Tool title="Tidy up" keys="Shift+Alt+T" Icon={WandSparkles} text="Tidy up" onClick={tidyUp} />
        <Tool title="Show Flow JSON" Icon={Braces} text="JSON" onClick={() => show('json')} />
        <ProblemsButton />
        <TryButton />
        <SaveButtons />
      </div>
    </header>
  )
}

/** Takes the phone in the hand; it is beside the canvas. */
function TryButton() {
  const { flow } = useEditor()
  const { isTrying, turnPhone } = useOverlay()
  const toggle = () => {
    turnPhone()
    location.assign(flowHash(flow.sid))
  }
  return (
    <button type="button" className="button try-it" aria-pressed={isTrying} onClick={toggle}>
      <Phone size={16} aria-hidden />
      Try it
    </button>
  )
}

function FlowTitle() {
  const { flow } = useEditor()
  return (
    <div className="flow-title">
      <title>{`${flow.friendly_name} · Trunkline`}</title>
      <a href="#/flows" className="to-flows">
        Flows
      </a>
      <h1>{flow.friendly_name}</h1>
      <span className="faint">
        Revision {flow.revision} · {flow.status}
      </span>
    </div>
  )
}

interface ToolProps {
  readonly title: string
  readonly Icon: LucideIcon
  /** Shown beside the picture; a picture alone otherwise. */
  readonly text?: string
  readonly keys?: string
  readonly isOff?: boolean
  onClick(): void
}

function Tool({ title, Icon, text, keys, isOff, onClick }: ToolProps) {
  return (
    <button
      type="button"
      className={text ? 'button' : 'button icon'}
      aria-label={title}
      title={keys ? `${title} (${keys})` : title}
      disabled={isOff}
      onClick={onClick}
    >
      <Icon size={16} aria-hidden />
      {text}
    </button>
  )
}

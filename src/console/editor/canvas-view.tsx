import { useState } from 'react'
import { Canvas } from '../canvas/canvas.tsx'
import { placeOfKey } from '../document/commands.ts'
import { SidePanel } from '../inspector/side-panel.tsx'
import { PhonePanel } from '../phone/phone-panel.tsx'
import { useTrial } from '../phone/use-trial.ts'
import { useEditor } from './editor.ts'
import { useOverlay } from './overlay.ts'
import { ProblemList } from './problem-list.tsx'
import { useClipboard } from './use-clipboard.ts'
import { useShortcuts } from './use-shortcuts.ts'

/** The canvas with the panel at its right, the keys for both, and what is shown over them. */
export function CanvasView() {
  const { document: edited, run } = useEditor()
  const { shown, show, isTrying, turnPhone } = useOverlay()
  const trial = useTrial()
  const [edge, setEdge] = useState<string>()
  const { duplicate } = useClipboard()
  const remove = () => {
    if (edge === undefined) return run({ kind: 'remove', widgets: edited.selection })
    const cut = edge.lastIndexOf('/')
    run({ kind: 'connect', widget: edge.slice(0, cut), exit: placeOfKey(edge.slice(cut + 1)), to: undefined })
    setEdge(undefined)
  }
  const putAway = () => {
    turnPhone()
    trial.end()
  }
  useShortcuts({ remove, duplicate, inspect: focusPanel })
  return (
    <main className="canvas-view">
      <Canvas edge={edge} onEdge={setEdge} path={trial.path} />
      {isTrying ? <PhonePanel execution={trial.execution} onFollow={trial.follow} onClose={putAway} /> : <SidePanel />}
      {shown === 'problems' && <ProblemList onClose={() => show(undefined)} />}
    </main>
  )
}

function focusPanel(): void {
  document.querySelector<HTMLElement>('.side-panel :is(input, textarea, select, button)')?.focus()
}

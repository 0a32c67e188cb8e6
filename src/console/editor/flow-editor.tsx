import { useMemo, useReducer, useState } from 'react'
import type { KeptFlow } from '../ask/flows.ts'
import type { Catalogue } from '../document/catalogue.ts'
import { CountsView } from '../executions/counts-view.tsx'
import { ExecutionView } from '../executions/execution-view.tsx'
import { ExecutionsView } from '../executions/executions-view.tsx'
import { ComparisonView } from '../pages/comparison-view.tsx'
import { RevisionsView } from '../pages/revisions-view.tsx'
import { SettingsView } from '../pages/settings-view.tsx'
import { Told } from '../parts/told.tsx'
import { Waiting } from '../parts/waiting.tsx'
import type { FlowRoute } from '../route.ts'
import { CanvasView } from './canvas-view.tsx'
import { EditorContext } from './editor.ts'
import { FlowNav } from './flow-nav.tsx'
import { OverlayContext, type OverlayName } from './overlay.ts'
import { Overlays } from './overlays.tsx'
import { TopBar } from './top-bar.tsx'
import { useFlowEditor } from './use-flow-editor.ts'
import { useLeaving } from './use-leaving.ts'
import { useSelectionInAddress } from './use-selection-in-address.ts'
import '../styles/editor.css'
import '../styles/small.css'

/** What is edited, and by which words. */
interface FlowEditorProps {
  readonly kept: KeptFlow
  readonly catalogue: Catalogue
  readonly route: FlowRoute
}

/** The editor of a flow, around all of its views. */
export function FlowEditor({ kept, catalogue, route }: FlowEditorProps) {
  const editor = useFlowEditor({ kept, catalogue, selection: route.selection })
  const [shown, show] = useState<OverlayName>()
  const [isTrying, turnPhone] = useReducer((isTaken: boolean) => !isTaken, false)
  const overlay = useMemo(() => ({ shown, show, isTrying, turnPhone }), [shown, isTrying])
  useSelectionInAddress(editor, route)
  useLeaving(editor)
  if (!editor) return <Waiting what="the flow" />
  return (
    <EditorContext value={editor}>
      <OverlayContext value={overlay}>
        <div className="editor">
          <TopBar />
          <FlowNav route={route} />
          <View route={route} />
          <Overlays />
          {editor.trouble !== undefined && <Trouble error={editor.trouble} onClose={() => editor.tell(undefined)} />}
        </div>
      </OverlayContext>
    </EditorContext>
  )
}

function Trouble({ error, onClose }: { readonly error: unknown; onClose(): void }) {
  return (
    <div className="trouble">
      <Told error={error} />
      <button type="button" className="button" onClick={onClose}>
        Close
      </button>
    </div>
  )
}

function View({ route }: { readonly route: FlowRoute }) {
  switch (route.view) {
    case 'canvas':
      return <CanvasView />
    case 'executions':
      if (route.item === 'counts') return <CountsView flow={route.flow} />
      if (route.item !== undefined) return <ExecutionView key={route.item} route={route} sid={route.item} />
      return <ExecutionsView flow={route.flow} />
    case 'revisions':
      if (route.item !== undefined) return <ComparisonView key={route.item} route={route} revision={route.item} />
      return <RevisionsView />
    case 'settings':
      return <SettingsView />
    default:
      return route.view satisfies never
  }
}

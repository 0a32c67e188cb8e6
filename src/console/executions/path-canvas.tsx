import { Background, Controls, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react'
import { useEffect, useMemo } from 'react'
import type { JsonObject } from '../../flow/record.ts'
import { useDistance } from '../canvas/distance.ts'
import { WHOLE } from '../canvas/first-view.ts'
import { LOOK } from '../canvas/look.ts'
import { edgesOf, nodesOf } from '../canvas/nodes.ts'
import type { Path } from '../canvas/path.ts'
import type { Positions } from '../canvas/positions.ts'
import { placedIn } from '../document/placed.ts'
import { useEditor } from '../editor/editor.ts'
import { usePositions } from '../editor/use-positions.ts'
import { Waiting } from '../parts/waiting.tsx'

/** The bar with the steps covers nothing of the way. */
const BELOW_THE_BAR = { top: '88px', bottom: '32px', left: '48px', right: '48px' } as const

interface PathCanvasProps {
  readonly definition: JsonObject
  readonly path: Path
  /** The widget of the step that is looked at. */
  readonly widget: string | undefined
  /** A card was chosen, where these steps were taken. */
  onWidget(steps: readonly number[]): void
}

/** A revision of a flow with the way of an execution on it; nothing there can be moved. */
export function PathCanvas(props: PathCanvasProps) {
  const { catalogue } = useEditor()
  const positions = usePositions(placedIn(props.definition), catalogue)
  if (!positions) return <Waiting what="the canvas" />
  return (
    <ReactFlowProvider>
      <Walked {...props} positions={positions} />
    </ReactFlowProvider>
  )
}

function Walked({
  definition,
  path,
  widget,
  positions,
  onWidget,
}: PathCanvasProps & { readonly positions: Positions }) {
  const { catalogue } = useEditor()
  const { fitView } = useReactFlow()
  const distance = useDistance()
  const drawn = useMemo(
    () => ({
      placed: placedIn(definition),
      positions,
      catalogue,
      selection: widget === undefined ? [] : [widget],
      problems: new Map(),
      path,
    }),
    [definition, positions, catalogue, widget, path],
  )
  const visited = useMemo(() => [...path.steps.keys()].map((id) => ({ id })), [path])
  useEffect(() => {
    fitView({ nodes: visited, padding: BELOW_THE_BAR, maxZoom: 1 })
  }, [fitView, visited])
  return (
    <div className={`canvas ${distance}`}>
      <ReactFlow
        {...LOOK}
        nodes={useMemo(() => nodesOf(drawn, []), [drawn])}
        edges={useMemo(() => edgesOf(drawn, undefined), [drawn])}
        nodesDraggable={false}
        nodesConnectable={false}
        elementsSelectable={false}
        onNodeClick={(_event, { id }) => onWidget(path.steps.get(id) ?? [])}
      >
        <Background gap={24} size={1.2} />
        <Controls showInteractive={false} fitViewOptions={WHOLE} />
      </ReactFlow>
    </div>
  )
}

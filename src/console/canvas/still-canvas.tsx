import { Background, Controls, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react'
import { useEffect, useMemo } from 'react'
import type { JsonObject } from '../../flow/record.ts'
import type { Positions } from '../../picture/drawable.ts'
import { placedIn } from '../document/placed.ts'
import { useEditor } from '../editor/editor.ts'
import { usePositions } from '../editor/use-positions.ts'
import { Waiting } from '../parts/waiting.tsx'
import { useDistance } from './distance.ts'
import { WHOLE } from './first-view.ts'
import { LOOK, MANY, NO_EDGES } from './look.ts'
import { type Drawn, edgesOf, nodesOf } from './nodes.ts'
import { PlainEdges } from './plain-edges.tsx'

interface StillCanvasProps extends Pick<Drawn, 'path' | 'marks' | 'counts'> {
  readonly definition: JsonObject
  /** The widget that is looked at. */
  readonly widget: string | undefined
  /** The widgets that are to be in sight at first. */
  readonly first: readonly string[]
  onWidget(id: string): void
}

/** A flow that is only looked at: with the way of an execution on it, or with what has changed. */
export function StillCanvas(props: StillCanvasProps) {
  const { catalogue } = useEditor()
  const positions = usePositions(placedIn(props.definition), catalogue)
  if (!positions) return <Waiting what="the canvas" />
  return (
    <ReactFlowProvider>
      <Still {...props} positions={positions} />
    </ReactFlowProvider>
  )
}

/** The bar above covers nothing of what is to be seen. */
const BELOW_THE_BAR = { top: '88px', bottom: '32px', left: '48px', right: '48px' } as const

function Still({
  definition,
  path,
  marks,
  counts,
  widget,
  first,
  positions,
  onWidget,
}: StillCanvasProps & StillPositions) {
  const { catalogue } = useEditor()
  const { fitView } = useReactFlow()
  const distance = useDistance()
  const drawn = useMemo((): Drawn => {
    const selection = widget === undefined ? [] : [widget]
    return { placed: placedIn(definition), positions, catalogue, selection, problems: new Map(), path, marks, counts }
  }, [definition, positions, catalogue, widget, path, marks, counts])
  const seen = first.join('\n')
  useEffect(() => {
    const nodes = seen === '' ? undefined : seen.split('\n').map((id) => ({ id }))
    fitView({ ...(nodes && { nodes }), padding: BELOW_THE_BAR, maxZoom: 1 })
  }, [fitView, seen])
  const nodes = useMemo(() => nodesOf(drawn, []), [drawn])
  const edges = useMemo(() => edgesOf(drawn, undefined), [drawn])
  const isPlain = distance !== 'near' && edges.length > MANY
  return (
    <div className={`canvas ${distance}`}>
      <ReactFlow
        {...LOOK}
        nodes={nodes}
        edges={isPlain ? NO_EDGES : edges}
        onlyRenderVisibleElements={nodes.length > MANY}
        nodesDraggable={false}
        nodesConnectable={false}
        elementsSelectable={false}
        onNodeClick={(_event, { id }) => onWidget(id)}
      >
        {isPlain && <PlainEdges nodes={nodes} edges={edges} />}
        <Background gap={24} size={1.2} />
        <Controls showInteractive={false} fitViewOptions={WHOLE} />
      </ReactFlow>
    </div>
  )
}

interface StillPositions {
  readonly positions: Positions
}

import { Background, Controls, MiniMap, ReactFlow, useStoreApi } from '@xyflow/react'
import { useMemo } from 'react'
import { placedIn } from '../document/placed.ts'
import { useEditor } from '../editor/editor.ts'
import { byWidget } from '../editor/problem.ts'
import { useDistance } from './distance.ts'
import { showFirst, WHOLE } from './first-view.ts'
import { LOOK, MANY, NO_EDGES } from './look.ts'
import { edgesOf, type WidgetNode } from './nodes.ts'
import type { Path } from './path.ts'
import { PlainEdges } from './plain-edges.tsx'
import { useCanvasHands } from './use-canvas-hands.ts'
import { useCanvasNodes } from './use-canvas-nodes.ts'
import { useDroppedWidget } from './use-dropped-widget.ts'
import { useFocusInSight } from './use-focus-in-sight.ts'

/** What is chosen beside cards, and what is shown on them. */
interface CanvasProps {
  readonly edge: string | undefined
  /** The way of what is tried. */
  readonly path: Path | undefined
  onEdge(id: string | undefined): void
}

/** The flow, drawn: cards to drag, dots to connect. */
export function Canvas({ edge, path, onEdge }: CanvasProps) {
  const { document, catalogue, positions, problems } = useEditor()
  const { definition, selection } = document
  const placed = placedIn(definition)
  const { isConnecting, hands } = useCanvasHands(onEdge)
  const drawn = useMemo(
    () => ({ placed, positions, catalogue, selection, problems: byWidget(problems, placed), path }),
    [placed, positions, catalogue, selection, problems, path],
  )
  const { nodes, onNodesChange, onMoved } = useCanvasNodes(drawn)
  const edges = useMemo(() => edgesOf(drawn, edge), [drawn, edge])
  const dropping = useDroppedWidget()
  const showFocused = useFocusInSight()
  const store = useStoreApi()
  const distance = useDistance()
  const isPlain = distance !== 'near' && edges.length > MANY

  return (
    <section
      className={`canvas ${isConnecting ? 'connecting' : ''} ${distance}`}
      aria-label="Canvas"
      onFocus={showFocused}
    >
      <ReactFlow
        {...LOOK}
        {...dropping}
        {...hands}
        nodes={nodes}
        edges={isPlain ? NO_EDGES : edges}
        onlyRenderVisibleElements={nodes.length > MANY}
        onInit={(canvas) => showFirst(canvas, { selection, ...store.getState() })}
        onNodesChange={onNodesChange}
        onNodeDragStop={(_event, _node, moved) => onMoved(moved)}
        onSelectionDragStop={(_event, moved) => onMoved(moved)}
      >
        {isPlain && <PlainEdges nodes={nodes} edges={edges} />}
        <Background gap={24} size={1.2} />
        <Controls showInteractive={false} fitViewOptions={WHOLE} />
        <MiniMap<WidgetNode> className="minimap" pannable zoomable nodeClassName={({ data }) => data.card.tone} />
      </ReactFlow>
    </section>
  )
}

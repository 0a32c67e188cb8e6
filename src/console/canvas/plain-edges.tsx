import { getBezierPath, getSmoothStepPath, type NodeHandle, Position, ViewportPortal } from '@xyflow/react'
import { memo } from 'react'
import type { TransitionEdge, WidgetNode } from './nodes.ts'
import { CORNERS } from './transition-path.tsx'

interface PlainEdgesProps {
  readonly nodes: readonly WidgetNode[]
  readonly edges: readonly TransitionEdge[]
}

/** All edges of a large flow as lines alone, of which nothing is drawn anew while the canvas is moved. */
export const PlainEdges = memo(function PlainEdges({ nodes, edges }: PlainEdgesProps) {
  const known = new Map(nodes.map((node) => [node.id, node]))
  return (
    <ViewportPortal>
      <svg className="plain-edges" aria-hidden="true">
        {edges.map((edge) => (
          <path key={edge.id} className={edge.data?.isTaken ? 'taken' : ''} d={lineOf(edge, known)} />
        ))}
      </svg>
    </ViewportPortal>
  )
})

function lineOf(
  { source, sourceHandle, target, data }: TransitionEdge,
  nodes: ReadonlyMap<string, WidgetNode>,
): string {
  const [from, to] = [nodes.get(source), nodes.get(target)]
  const start = from && dotOf(from, ({ id }) => id === sourceHandle)
  const end = to && dotOf(to, ({ type }) => type === 'target')
  if (!start || !end) return ''
  const ends = {
    sourceX: start.x,
    sourceY: start.y,
    sourcePosition: Position.Bottom,
    targetX: end.x,
    targetY: end.y,
    targetPosition: Position.Top,
  }
  const side = data?.side
  const [path] = side === undefined ? getBezierPath(ends) : getSmoothStepPath({ ...ends, ...CORNERS, centerX: side })
  return path
}

function dotOf({ position, handles = [] }: WidgetNode, isIt: (handle: NodeHandle) => boolean) {
  const handle = handles.find(isIt)
  if (!handle) return undefined
  const { x, y, width = 0, height = 0 } = handle
  return { x: position.x + x + width / 2, y: position.y + y + height / 2 }
}

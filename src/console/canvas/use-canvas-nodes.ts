import { applyNodeChanges, type NodeChange } from '@xyflow/react'
import { useCallback, useLayoutEffect, useState } from 'react'
import type { Offset } from '../document/placed.ts'
import { useEditor } from '../editor/editor.ts'
import { type Drawn, nodesOf, type WidgetNode } from './nodes.ts'

/** The cards as React Flow has them: the document's, and meanwhile where a drag has taken them. */
export function useCanvasNodes(drawn: Drawn) {
  const { select, run } = useEditor()
  const [nodes, setNodes] = useState<WidgetNode[]>(() => nodesOf(drawn, []))
  useLayoutEffect(() => setNodes((before) => nodesOf(drawn, before)), [drawn])

  const onNodesChange = useCallback(
    (changes: NodeChange<WidgetNode>[]) => {
      setNodes((before) =>
        applyNodeChanges(
          changes.filter(({ type }) => type !== 'select' && type !== 'remove'),
          before,
        ),
      )
      const chosen = selectionAfter(changes, drawn.selection)
      if (chosen) select(chosen)
    },
    [drawn.selection, select],
  )
  const onMoved = useCallback(
    (moved: readonly WidgetNode[]) => {
      const to = moved.map(({ id, position }): [string, Offset] => [id, rounded(position)])
      if (to.length > 0) run({ kind: 'move', to: new Map(to) })
    },
    [run],
  )
  return { nodes, onNodesChange, onMoved }
}

/** The selection that changes lead to; undefined where they are of something else. */
function selectionAfter(changes: readonly NodeChange<WidgetNode>[], before: readonly string[]): string[] | undefined {
  const selection = new Set(before)
  const selecting = changes.filter((change) => change.type === 'select')
  if (selecting.length === 0) return undefined
  for (const { id, selected } of selecting) {
    if (selected) selection.add(id)
    else selection.delete(id)
  }
  return [...selection]
}

function rounded({ x, y }: Offset): Offset {
  return { x: Math.round(x), y: Math.round(y) }
}

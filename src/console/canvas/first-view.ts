import type { FitViewOptions, ReactFlowInstance } from '@xyflow/react'
import type { TransitionEdge, WidgetNode } from './nodes.ts'

/** What is seen first: a widget that the address names, or the whole flow, or of a large one its beginning. */
export function showFirst(canvas: ReactFlowInstance<WidgetNode, TransitionEdge>, selection: readonly string[]): void {
  const chosen = canvas.getNodes().filter(({ id }) => selection.includes(id))
  if (chosen.length > 0) {
    canvas.fitView({ nodes: chosen, padding: 1, maxZoom: 1 })
    return
  }
  canvas.fitView(WHOLE)
  const trigger = canvas.getNodes().find(({ data }) => data.card.isTrigger)
  if (canvas.getZoom() >= LEGIBLE || !trigger) return
  const { x, y } = trigger.position
  canvas.setCenter(x + trigger.data.card.width / 2, y + BELOW_TRIGGER, { zoom: OVERVIEW })
}

/** How the whole flow is fitted in: nothing of it is under the map at the right. */
export const WHOLE = {
  padding: { top: '32px', bottom: '32px', left: '64px', right: '160px' },
  maxZoom: 1,
} as const satisfies FitViewOptions

/** Below this zoom names cannot be read any more. */
const LEGIBLE = 0.22
const OVERVIEW = 0.5
/** So many units of the canvas below the trigger is the middle of what is seen. */
const BELOW_TRIGGER = 500

import { type FitViewOptions, getViewportForBounds, type ReactFlowInstance } from '@xyflow/react'
import type { TransitionEdge, WidgetNode } from './nodes.ts'

/** How the whole flow is fitted in: nothing of it is under the map at the right. */
export const WHOLE = {
  padding: { top: '32px', bottom: '32px', left: '64px', right: '160px' },
  maxZoom: 1,
} as const satisfies FitViewOptions

/** Where a canvas is looked at first. */
interface FirstSight {
  readonly selection: readonly string[]
  /** The size of the canvas on the screen. */
  readonly width: number
  readonly height: number
}

/** Shows the widgets that the address names, or the whole flow, or of a large one its beginning. */
export function showFirst(canvas: ReactFlowInstance<WidgetNode, TransitionEdge>, sight: FirstSight): void {
  const nodes = canvas.getNodes()
  const chosen = nodes.filter(({ id }) => sight.selection.includes(id))
  if (chosen.length > 0) return void canvas.fitView({ nodes: chosen, padding: 1, maxZoom: 1 })
  const bounds = canvas.getNodesBounds(nodes)
  const whole = getViewportForBounds(bounds, sight.width, sight.height, 0, WHOLE.maxZoom, WHOLE.padding)
  const trigger = nodes.find(({ data }) => data.card.isTrigger)
  if (whole.zoom >= LEGIBLE || !trigger) return void canvas.setViewport(whole)
  const { x, y } = trigger.position
  canvas.setCenter(x + trigger.data.card.width / 2, y + BELOW_TRIGGER, { zoom: OVERVIEW })
}

/** Below this zoom names cannot be read any more. */
const LEGIBLE = 0.15
const OVERVIEW = 0.5
/** So many units of the canvas below the trigger is the middle of what is seen. */
const BELOW_TRIGGER = 500

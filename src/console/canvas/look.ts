import { MarkerType, type ReactFlowProps, SelectionMode } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import '../styles/canvas.css'
import '../styles/tones.css'
import '../styles/card.css'
import '../styles/card-dots.css'
import '../styles/card-marks.css'
import { GRID } from '../../picture/grid.ts'
import type { TransitionEdge, WidgetNode } from './nodes.ts'
import { TransitionPath } from './transition-path.tsx'
import { WidgetCard } from './widget-card.tsx'

/** How the canvas looks and is held, whatever is on it. */
export const LOOK = {
  nodeTypes: { widget: WidgetCard },
  edgeTypes: { transition: TransitionPath },
  defaultEdgeOptions: { markerEnd: { type: MarkerType.ArrowClosed, width: 14, height: 14, color: 'context-stroke' } },
  colorMode: 'system',
  minZoom: 0.05,
  maxZoom: 2,
  snapToGrid: true,
  snapGrid: [GRID, GRID],
  selectionMode: SelectionMode.Partial,
  multiSelectionKeyCode: ['Meta', 'Control'],
  deleteKeyCode: null,
  disableKeyboardA11y: true,
  edgesFocusable: false,
  elevateEdgesOnSelect: true,
  connectionRadius: 30,
  zoomOnDoubleClick: false,
} satisfies ReactFlowProps<WidgetNode, TransitionEdge>

/** Of so many widgets only those in sight are drawn, and so many edges from far away are mere lines. */
export const MANY = 150

/** What React Flow draws of edges while they are mere lines. */
export const NO_EDGES: TransitionEdge[] = []

import { BaseEdge, type EdgeProps, getBezierPath, getSmoothStepPath } from '@xyflow/react'
import { memo } from 'react'
import { useDistance } from './distance.ts'
import type { TransitionEdge } from './nodes.ts'

/** The line of a transition: a curve downward; dashed and with corners, where it goes back up beside the cards. */
export const TransitionPath = memo(function TransitionPath(props: EdgeProps<TransitionEdge>) {
  const { data, selected, markerEnd } = props
  const { side, isTaken, count } = data ?? {}
  const distance = useDistance()
  const [path, labelX, labelY] =
    side === undefined ? getBezierPath(props) : getSmoothStepPath({ ...props, ...CORNERS, centerX: side })
  return (
    <BaseEdge
      path={path}
      className={`transition ${side === undefined ? '' : 'back'} ${selected ? 'selected' : ''} ${wayOf(isTaken, count)}`}
      interactionWidth={distance === 'near' ? 16 : 0}
      {...(markerEnd ? { markerEnd } : {})}
      {...(count ? { label: count.toLocaleString('en'), labelX, labelY, ...LABEL } : {})}
    />
  )
})

/** How a line goes round corners. */
export const CORNERS = { borderRadius: 8, offset: 16 } as const

const LABEL = { labelBgPadding: [6, 3] satisfies [number, number], labelBgBorderRadius: 8 }

function wayOf(isTaken: boolean | undefined, count: number | undefined): string {
  if (isTaken === undefined) return count === 0 ? 'not-taken' : ''
  return isTaken ? 'taken' : 'not-taken'
}

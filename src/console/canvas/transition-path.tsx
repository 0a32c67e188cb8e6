import { BaseEdge, type EdgeProps, getBezierPath, getSmoothStepPath } from '@xyflow/react'
import { memo } from 'react'
import { useDistance } from './distance.ts'
import type { TransitionEdge } from './nodes.ts'

/** The line of a transition: a curve downward; dashed and with corners, where it goes back up beside the cards. */
export const TransitionPath = memo(function TransitionPath(props: EdgeProps<TransitionEdge>) {
  const { data, selected, markerEnd } = props
  const side = data?.side
  const distance = useDistance()
  const [path] = side === undefined ? getBezierPath(props) : getSmoothStepPath({ ...props, ...CORNERS, centerX: side })
  const className = `transition ${side === undefined ? '' : 'back'} ${selected ? 'selected' : ''} ${wayOf(data?.isTaken)}`
  return (
    <BaseEdge
      path={path}
      className={className}
      interactionWidth={distance === 'near' ? 16 : 0}
      {...(markerEnd ? { markerEnd } : {})}
    />
  )
})

/** How a line goes round corners. */
export const CORNERS = { borderRadius: 8, offset: 16 } as const

function wayOf(isTaken: boolean | undefined): string {
  if (isTaken === undefined) return ''
  return isTaken ? 'taken' : 'not-taken'
}

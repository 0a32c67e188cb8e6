import { useReactFlow, useStoreApi } from '@xyflow/react'
import type { FocusEvent } from 'react'
import type { WidgetNode } from './nodes.ts'

/** Moves the canvas to the card that Tab has led to, where that is not in sight. */
export function useFocusInSight(): (event: FocusEvent<HTMLElement>) => void {
  const { getNode, getViewport, setCenter } = useReactFlow<WidgetNode>()
  const store = useStoreApi()
  return ({ target }) => {
    const card = target.matches('.react-flow__node:focus-visible') ? getNode(target.dataset.id ?? '') : undefined
    if (!card) return
    const { position, measured: { width = 0, height = 0 } = {} } = card
    const { x, y, zoom } = getViewport() // where the card is on the screen says nothing: a browser scrolls to it for a moment
    const canvas = store.getState()
    const isInSight =
      isWithin(position.x * zoom + x, width * zoom, canvas.width) &&
      isWithin(position.y * zoom + y, height * zoom, canvas.height)
    if (!isInSight) setCenter(position.x + width / 2, position.y + height / 2, { zoom })
  }
}

function isWithin(start: number, length: number, whole: number): boolean {
  return start >= 0 && start + length <= whole
}

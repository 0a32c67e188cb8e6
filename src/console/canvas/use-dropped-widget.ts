import { useReactFlow } from '@xyflow/react'
import type { DragEvent } from 'react'
import { useEditor } from '../editor/editor.ts'

/** What a drag out of the library carries: the type of a widget. */
export const WIDGET_TYPE = 'application/x-trunkline-widget-type'

/** Lets widgets of the library be dropped on the canvas. */
export function useDroppedWidget() {
  const { add } = useEditor()
  const { screenToFlowPosition } = useReactFlow()
  return {
    onDragOver(event: DragEvent) {
      if (event.dataTransfer.types.includes(WIDGET_TYPE)) event.preventDefault()
    },
    onDrop(event: DragEvent) {
      const type = event.dataTransfer.getData(WIDGET_TYPE)
      if (type) add(type, screenToFlowPosition({ x: event.clientX, y: event.clientY }))
    },
  }
}

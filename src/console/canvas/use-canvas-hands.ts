import type { Connection } from '@xyflow/react'
import { type MouseEvent, useState } from 'react'
import { placeOfKey } from '../document/commands.ts'
import { placedAs } from '../document/placed.ts'
import { useEditor } from '../editor/editor.ts'
import type { TransitionEdge, WidgetNode } from './nodes.ts'

/** What hands do on the canvas beside moving cards: connect dots, choose a card or an edge. */
export function useCanvasHands(onEdge: (id: string | undefined) => void) {
  const { document, run, select } = useEditor()
  const [isConnecting, setConnecting] = useState(false)
  const connect = ({ source, sourceHandle, target }: Connection) => {
    const to = placedAs(document.definition, target)?.name
    if (sourceHandle) run({ kind: 'connect', widget: source, exit: placeOfKey(sourceHandle), to })
  }
  const hands = {
    onConnect: connect,
    onConnectStart: () => setConnecting(true),
    onConnectEnd: () => setConnecting(false),
    onReconnect: (_edge: TransitionEdge, connection: Connection) => connect(connection),
    onEdgeClick: (_event: MouseEvent, { id }: TransitionEdge) => onEdge(id),
    onPaneClick: () => onEdge(undefined),
    onNodeClick({ ctrlKey, metaKey, shiftKey }: MouseEvent, { id }: WidgetNode) {
      onEdge(undefined)
      if (!ctrlKey && !metaKey && !shiftKey) select([id]) // React Flow keeps the others of a selection
    },
  }
  return { isConnecting, hands }
}

import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useMemo } from 'react'
import { freeBelow } from '../../picture/apart.ts'
import { boxesOf, type Positions } from '../../picture/drawable.ts'
import { type Box, CARD_HEIGHT, cardWidth } from '../../picture/geometry.ts'
import { needsLayout } from '../../picture/positions.ts'
import { WHOLE } from '../canvas/first-view.ts'
import type { Catalogue, WidgetType } from '../document/catalogue.ts'
import type { Command } from '../document/commands.ts'
import { apply, type FlowDocument, redo, select, undo } from '../document/document.ts'
import { newWidget } from '../document/new-widget.ts'
import { type Offset, type Placed, placedIn } from '../document/placed.ts'
import type { Editor } from './editor.ts'

/** What is edited, and how it goes on. */
interface Edited {
  readonly document: FlowDocument
  readonly catalogue: Catalogue
  readonly positions: Positions | undefined
  dispatch(step: (before: FlowDocument) => FlowDocument): void
}

const NOWHERE: Positions = new Map()

/** All that changes a flow. */
export function useEdits({ document, catalogue, positions = NOWHERE, dispatch }: Edited) {
  const { fitView } = useReactFlow()
  const store = useStoreApi()
  const { definition } = document
  return useMemo(() => {
    const all = placedIn(definition)
    const run = (command: Command) => dispatch((before) => apply(before, keepingLayout(command, all, positions)))
    return {
      run,
      undo: () => dispatch(undo),
      redo: () => dispatch(redo),
      select: (ids: readonly string[]) => dispatch((before) => select(before, ids)),
      async tidyUp() {
        const { laidOut } = await import('../../picture/layered.ts')
        run({ kind: 'move', to: laidOut(all, catalogue) })
        requestAnimationFrame(() => fitView({ ...WHOLE, duration: 250 }))
      },
      add(type: string, at?: Offset) {
        const known = catalogue.get(type)
        if (!known) return
        const boxes = [...boxesOf(all, positions, catalogue).values()]
        const place = at ?? freeBelow(middleOf(store.getState(), known), boxes)
        if (unwritten(all, positions).length > 0) run({ kind: 'move', to: positions })
        run({ kind: 'add', widgets: [newWidget(definition, known, place)] })
      },
    } satisfies Partial<Editor>
  }, [definition, catalogue, positions, dispatch, fitView, store])
}

/** Who moves a card of a flow that was laid out for want of offsets keeps the layout as it is seen. */
function keepingLayout(command: Command, all: readonly Placed[], positions: Positions): Command {
  if (command.kind !== 'move' && command.kind !== 'nudge') return command
  return { ...command, to: new Map([...unwritten(all, positions), ...command.to]) }
}

/** Where widgets are seen that the file puts nowhere, or all in one place. */
function unwritten(all: readonly Placed[], positions: Positions): readonly [string, Offset][] {
  if (!needsLayout(all)) return []
  return all.flatMap(({ id, offset }) => {
    const seen = positions.get(id)
    return !seen || (offset?.x === seen.x && offset.y === seen.y) ? [] : [[id, seen]]
  })
}

interface Pane {
  readonly width: number
  readonly height: number
  readonly transform: readonly [x: number, y: number, zoom: number]
}

/** The card of a new widget in the middle of what is seen. */
function middleOf({ width, height, transform: [x, y, zoom] }: Pane, { exits }: WidgetType): Box {
  const card = { width: cardWidth(exits.length), height: CARD_HEIGHT }
  return {
    ...card,
    x: Math.round((width / 2 - x) / zoom - card.width / 2),
    y: Math.round((height / 2 - y) / zoom - card.height / 2),
  }
}

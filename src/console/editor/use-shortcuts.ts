import { useReactFlow } from '@xyflow/react'
import { useEffect } from 'react'
import { WHOLE } from '../canvas/first-view.ts'
import { type Offset, placedIn } from '../document/placed.ts'
import { isInDialog, isTyping } from '../parts/typing.ts'
import { type Editor, useEditor } from './editor.ts'
import { useOverlay } from './overlay.ts'
import { useSaveDraft } from './save-buttons.tsx'
import { type Doing, doingOf } from './shortcuts.ts'

/** What the canvas does itself when a key asks for it. */
export interface CanvasDoings {
  /** Removes what is selected: the connection, or the widgets. */
  remove(): void
  duplicate(): void
  inspect(): void
}

/** Keys for everything that can be done on the canvas. */
export function useShortcuts(doings: CanvasDoings): void {
  const acts = useActs(doings)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isInDialog()) return
      const doing = doingOf(event, isTyping() ? 'field' : 'canvas')
      if (doing === undefined || isOfControl(doing)) return
      event.preventDefault()
      acts[doing]()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [acts])
}

/** Enter on a button or a link is its own. */
function isOfControl(doing: Doing): boolean {
  const focused = document.activeElement
  return doing === 'inspect' && (focused instanceof HTMLButtonElement || focused instanceof HTMLAnchorElement)
}

function useActs({ remove, duplicate, inspect }: CanvasDoings): Record<Doing, () => void> {
  const editor = useEditor()
  const { show } = useOverlay()
  const { save } = useSaveDraft()
  const { zoomIn, zoomOut, fitView } = useReactFlow()
  const by = (x: number, y: number) => () => nudge(editor, { x, y })
  return {
    undo: editor.undo,
    redo: editor.redo,
    find: () => show('find'),
    save,
    'select-all': () => editor.select(placedIn(editor.document.definition).map(({ id }) => id)),
    duplicate,
    remove,
    inspect: () => (selectInFocus(editor) ? undefined : inspect()),
    choose: () => chooseInFocus(editor),
    leave: () => leave(editor),
    up: by(0, -NEAR),
    down: by(0, NEAR),
    left: by(-NEAR, 0),
    right: by(NEAR, 0),
    'far-up': by(0, -FAR),
    'far-down': by(0, FAR),
    'far-left': by(-FAR, 0),
    'far-right': by(FAR, 0),
    tidy: editor.tidyUp,
    fit: () => fitView({ ...WHOLE, duration: 200 }),
    'zoom-in': () => zoomIn({ duration: 100 }),
    'zoom-out': () => zoomOut({ duration: 100 }),
    help: () => show('shortcuts'),
  }
}

const NEAR = 10
const FAR = 50

function nudge({ document, positions, run }: Editor, by: Offset): void {
  const to = document.selection.map((id): [string, Offset] => {
    const { x, y } = positions.get(id) ?? { x: 0, y: 0 }
    return [id, { x: x + by.x, y: y + by.y }]
  })
  if (to.length > 0) run({ kind: 'nudge', to: new Map(to) })
}

/** Selects the card that Tab has led to; false where it is selected, or none has the focus. */
function selectInFocus({ document, select }: Editor): boolean {
  const id = cardInFocus()
  if (id === undefined || document.selection.includes(id)) return false
  select([id])
  return true
}

function chooseInFocus({ document: { selection }, select }: Editor): void {
  const id = cardInFocus()
  if (id === undefined) return
  select(selection.includes(id) ? selection.filter((one) => one !== id) : [...selection, id])
}

function cardInFocus(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('.react-flow__node')?.dataset.id
}

/** Out of a field first, then out of the selection. */
function leave({ select }: Editor): void {
  if (isTyping() && document.activeElement instanceof HTMLElement) document.activeElement.blur()
  else select([])
}

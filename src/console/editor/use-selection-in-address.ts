import { useEffect, useRef } from 'react'
import type { FlowRoute } from '../route.ts'
import { noteIn } from '../use-route.ts'
import type { Editor } from './editor.ts'

/** Keeps the selection and the address of the canvas the same, whichever of them changes. */
export function useSelectionInAddress(editor: Editor | undefined, route: FlowRoute): void {
  const selection = editor?.document.selection
  const noted = useRef(selection)
  useEffect(() => {
    if (!editor || !selection || route.view !== 'canvas') return
    if (noted.current !== selection) {
      noted.current = selection
      noteIn({ ...route, selection })
    } else if (!isSame(route.selection, selection)) {
      const [first] = route.selection
      if (first !== undefined && route.selection.length === 1) editor.reveal(first)
      else editor.select(route.selection)
    }
  }, [editor, route, selection])
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id))
}

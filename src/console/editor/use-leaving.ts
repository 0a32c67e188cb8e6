import { useEffect } from 'react'
import { isChanged } from '../document/document.ts'
import type { Editor } from './editor.ts'

/** Asks before the page is left with edits that are not saved. */
export function useLeaving(editor: Editor | undefined): void {
  const isUnsaved = editor !== undefined && isChanged(editor.document)
  useEffect(() => {
    if (!isUnsaved) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isUnsaved])
}

import { useState } from 'react'
import { isChanged } from '../document/document.ts'
import { useEditor } from './editor.ts'
import { useOverlay } from './overlay.ts'

/** Keeps the edits as a draft, or asks for what a publication needs. */
export function SaveButtons() {
  const { document, flow } = useEditor()
  const { show } = useOverlay()
  const { save, isSaving } = useSaveDraft()
  const isUnsaved = isChanged(document)
  return (
    <>
      <button
        type="button"
        className="button"
        title="Save draft (Ctrl+S)"
        disabled={!isUnsaved || isSaving}
        onClick={save}
      >
        {isUnsaved ? 'Save draft' : 'Saved'}
      </button>
      <button
        type="button"
        className="button primary"
        disabled={!isUnsaved && flow.status === 'published'}
        onClick={() => show('publish')}
      >
        Publish
      </button>
    </>
  )
}

/** Saves the draft, one at a time, and tells what the server refuses. */
export function useSaveDraft() {
  const editor = useEditor()
  const [isSaving, setSaving] = useState(false)
  const save = async () => {
    if (!isChanged(editor.document)) return
    setSaving(true)
    editor.tell(undefined)
    await editor.save('draft').catch(editor.tell)
    setSaving(false)
  }
  return { save, isSaving }
}

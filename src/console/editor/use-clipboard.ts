import { useEffect } from 'react'
import { copied, pasted } from '../document/clipboard.ts'
import { isInDialog, isTyping } from '../parts/typing.ts'
import { useEditor } from './editor.ts'

/** Lets the browser's copy, cut and paste work on widgets, within a flow and between flows. */
export function useClipboard(): { duplicate(): void } {
  const { document: edited, run } = useEditor()
  const { definition, selection } = edited
  useEffect(() => {
    const copy = (event: ClipboardEvent) => {
      const text = isElsewhere() ? undefined : copied(definition, selection)
      if (text === undefined) return
      event.preventDefault()
      event.clipboardData?.setData('text/plain', text)
      if (event.type === 'cut') run({ kind: 'remove', widgets: selection })
    }
    const paste = (event: ClipboardEvent) => {
      const widgets = isElsewhere() ? [] : pasted(definition, event.clipboardData?.getData('text/plain') ?? '')
      if (widgets.length > 0) run({ kind: 'add', widgets })
    }
    document.addEventListener('copy', copy)
    document.addEventListener('cut', copy)
    document.addEventListener('paste', paste)
    return () => {
      document.removeEventListener('copy', copy)
      document.removeEventListener('cut', copy)
      document.removeEventListener('paste', paste)
    }
  }, [definition, selection, run])
  const duplicate = () => {
    const widgets = pasted(definition, copied(definition, selection) ?? '')
    if (widgets.length > 0) run({ kind: 'add', widgets })
  }
  return { duplicate }
}

/** Where text is typed or marked, the clipboard is for that text. */
function isElsewhere(): boolean {
  return isTyping() || isInDialog() || getSelection()?.isCollapsed === false
}

import { useEffect, useEffectEvent } from 'react'
import { boxesOf } from '../../picture/drawable.ts'
import { copied, pasted } from '../document/clipboard.ts'
import { placedIn } from '../document/placed.ts'
import { setDown } from '../document/set-down.ts'
import { isInDialog, isTyping } from '../parts/typing.ts'
import { useEditor } from './editor.ts'

/** Lets the browser's copy, cut and paste work on widgets, within a flow and between flows. */
export function useClipboard(): { duplicate(): void } {
  const { document: edited, catalogue, positions, run } = useEditor()
  const { definition, selection } = edited
  const insert = (text: string) => {
    const there = boxesOf(placedIn(definition), positions, catalogue)
    const widgets = setDown(pasted(definition, text), [...there.values()], catalogue)
    if (widgets.length > 0) run({ kind: 'add', widgets })
  }
  const onPaste = useEffectEvent(insert)
  useEffect(() => {
    const copy = (event: ClipboardEvent) => {
      const text = isElsewhere() ? undefined : copied(definition, selection)
      if (text === undefined) return
      event.preventDefault()
      event.clipboardData?.setData('text/plain', text)
      if (event.type === 'cut') run({ kind: 'remove', widgets: selection })
    }
    const paste = (event: ClipboardEvent) => {
      if (!isElsewhere()) onPaste(event.clipboardData?.getData('text/plain') ?? '')
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
  return { duplicate: () => insert(copied(definition, selection) ?? '') }
}

/** Where text is typed or marked, the clipboard is for that text. */
function isElsewhere(): boolean {
  return isTyping() || isInDialog() || getSelection()?.isCollapsed === false
}

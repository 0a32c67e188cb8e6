import { useEffect } from 'react'
import { isChanged } from '../document/document.ts'
import type { Route } from '../route.ts'
import { onLeaving } from '../use-route.ts'
import type { Editor } from './editor.ts'

/** Asks before the page, or the flow on it, is left with edits that are not saved. */
export function useLeaving(editor: Editor | undefined): void {
  const isUnsaved = editor !== undefined && isChanged(editor.document)
  const { sid, friendly_name: name } = editor?.flow ?? {}
  useEffect(() => {
    if (!isUnsaved) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    const mayGo = (to: Route) =>
      (to.page === 'flow' && to.flow === sid) || confirm(`Leave ${name} without saving? What was edited is lost.`)
    addEventListener('beforeunload', ask)
    const forget = onLeaving(mayGo)
    return () => {
      removeEventListener('beforeunload', ask)
      forget()
    }
  }, [isUnsaved, sid, name])
}

import { EditorView } from '@codemirror/view'
import { useEffect, useEffectEvent, useRef } from 'react'
import type { CodeEditorProps } from './code-editor.tsx'
import { extensionsOf } from './code-extensions.ts'
import { setFlaws } from './flaw-marks.ts'
import { flawsIn } from './flaws.ts'
import '../styles/code.css'

/** The editor itself; fetched when it is first needed. */
export default function CodeMirror(props: CodeEditorProps) {
  const { label, language, value, placeholder = '', completions = [], problems = NONE, onChange } = props
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const tell = useEffectEvent(onChange)
  const known = useEffectEvent(() => completions)
  const initial = useEffectEvent(() => value)

  useEffect(() => {
    if (!place.current) return
    const changed = EditorView.updateListener.of(({ docChanged, state }) => {
      if (docChanged) tell(state.doc.toString())
    })
    const extensions = [changed, extensionsOf({ label, language, placeholder }, () => known())]
    const made = new EditorView({ parent: place.current, doc: initial(), extensions })
    view.current = made
    return () => made.destroy()
  }, [label, language, placeholder])

  useEffect(() => {
    const { current } = view
    if (!current || current.state.doc.toString() === value) return
    current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: value } }) // an undo, for one
  }, [value])

  useEffect(() => {
    const { current } = view
    current?.dispatch({ effects: setFlaws.of(flawsIn(current.state.doc.toString(), language, problems)) })
  }, [language, problems])
  return <div ref={place} className={`code ${language}`} />
}

const NONE: NonNullable<CodeEditorProps['problems']> = []

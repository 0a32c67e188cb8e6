import { EditorView } from '@codemirror/view'
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react'
import type { CodeEditorProps, Marked } from './code-editor.tsx'
import { extensionsOf } from './code-extensions.ts'
import { setFlaws } from './flaw-marks.ts'
import { flawsIn } from './flaws.ts'
import '../styles/code.css'

interface CodeMirrorProps extends CodeEditorProps {
  /** What is marked in the field that it takes the place of, if that was written in. */
  readonly marked: RefObject<Marked | undefined>
}

/** The editor itself; fetched when it is first needed. */
export default function CodeMirror(props: CodeMirrorProps) {
  const { label, language, value, placeholder = '', completions = [], problems = NONE, marked, onChange } = props
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const tell = useEffectEvent(onChange)
  const known = useEffectEvent(() => completions)
  const initial = useEffectEvent(() => value)

  // At once, for who writes does not wait.
  useLayoutEffect(() => {
    if (!place.current) return
    const changed = EditorView.updateListener.of(({ docChanged, state }) => {
      if (docChanged) tell(state.doc.toString())
    })
    const extensions = [changed, extensionsOf({ label, language, placeholder }, () => known())]
    const made = new EditorView({ parent: place.current, doc: initial(), extensions })
    view.current = made
    goOn(made, marked.current)
    marked.current = undefined
    return () => made.destroy()
  }, [label, language, placeholder, marked])

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

function goOn(view: EditorView, marked: Marked | undefined): void {
  if (!marked) return
  const { length } = view.state.doc
  view.dispatch({ selection: { anchor: Math.min(marked.from, length), head: Math.min(marked.to, length) } })
  view.focus()
}

const NONE: NonNullable<CodeEditorProps['problems']> = []

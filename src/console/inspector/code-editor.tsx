import { lazy, Suspense, useCallback, useRef } from 'react'
import type { Problem } from '../document/problem.ts'
import type { Completion } from './completions.ts'

/** What a text in some language is edited with. */
export interface CodeEditorProps {
  readonly label: string
  readonly language: 'json' | 'liquid'
  readonly value: string
  /** Shown while there is no text. */
  readonly placeholder?: string
  /** What may follow where the caret is, in templates. */
  readonly completions?: readonly Completion[]
  /** What is wrong in the text, with its place there. */
  readonly problems?: readonly Problem[]
  onChange(text: string): void
}

/** What is marked in a text; where the caret is, when both are the same. */
export interface Marked {
  readonly from: number
  readonly to: number
}

const CodeMirror = lazy(() => import('./code-mirror.tsx'))

/** An editor that knows the language; a plain field until it is here, where whoever writes in that goes on. */
export function CodeEditor(props: CodeEditorProps) {
  const { label, value, placeholder, onChange } = props
  const marked = useRef<Marked>(undefined)
  const handOver = useCallback((field: HTMLTextAreaElement) => {
    return () => {
      const isWritten = document.activeElement === field
      marked.current = isWritten ? { from: field.selectionStart, to: field.selectionEnd } : undefined
    }
  }, [])
  const plain = (
    <textarea
      ref={handOver}
      className="input mono"
      aria-label={label}
      placeholder={placeholder}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  )
  return (
    <Suspense fallback={plain}>
      <CodeMirror {...props} marked={marked} />
    </Suspense>
  )
}

import { lazy, Suspense } from 'react'
import type { Completion } from './completions.ts'

/** What a text in some language is edited with. */
export interface CodeEditorProps {
  readonly label: string
  readonly language: 'json' | 'liquid'
  readonly value: string
  /** What may follow where the caret is, in templates. */
  readonly completions?: readonly Completion[]
  onChange(text: string): void
}

const CodeMirror = lazy(() => import('./code-mirror.tsx'))

/** An editor that knows the language; a plain field until it is here. */
export function CodeEditor(props: CodeEditorProps) {
  const { label, value, onChange } = props
  const plain = (
    <textarea
      className="input mono"
      aria-label={label}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  )
  return (
    <Suspense fallback={plain}>
      <CodeMirror {...props} />
    </Suspense>
  )
}

import type { ReactNode } from 'react'
import type { CodeEditorProps } from './code-editor.tsx'
import type { FieldProps } from './field-editor.tsx'
import { FieldTitle } from './field-frame.tsx'
import { LiquidEditor } from './liquid-editor.tsx'

interface CodeFieldProps extends Pick<FieldProps, 'field' | 'placed'>, Pick<CodeEditorProps, 'language' | 'onChange'> {
  readonly text: string
  /** What there is to say of the text. */
  readonly children?: ReactNode
}

/** A property that is edited as a text in some language. */
export function CodeField({ field, placed, language, text, onChange, children }: CodeFieldProps) {
  return (
    <div className="field">
      <FieldTitle field={field} />
      <LiquidEditor
        label={field.title}
        language={language}
        placed={placed}
        path={['properties', field.name]}
        value={text}
        onChange={onChange}
      />
      {children}
      {field.help && <span className="help">{field.help}</span>}
    </div>
  )
}

import { CodeField } from './code-field.tsx'
import type { FieldProps } from './field-editor.tsx'
import { useTyped } from './use-typed.ts'

/** A property of any shape as JSON, taken over while it is JSON. */
export function JsonField({ field, placed, value, onChange }: FieldProps) {
  const { text, typed } = useTyped(value, textOf)
  const take = (next: string) => {
    const read = readJson(next)
    typed(next, read ? read.value : value)
    if (read) onChange(read.value)
  }
  return (
    <CodeField field={field} placed={placed} language="json" text={text} onChange={take}>
      {!readJson(text) && <span className="help wrong">This is no JSON yet; what it was before is kept.</span>}
    </CodeField>
  )
}

function textOf(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value, null, 2)
}

function readJson(text: string): { readonly value: unknown } | undefined {
  if (text.trim() === '') return { value: undefined }
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

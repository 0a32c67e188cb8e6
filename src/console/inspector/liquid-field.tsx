import { CodeField } from './code-field.tsx'
import type { FieldProps } from './field-editor.tsx'
import { shownText, storedText } from './field-value.ts'

/** A text that may hold templates. */
export function LiquidField({ field, placed, value, onChange }: FieldProps) {
  const take = (text: string) => onChange(storedText(text, field, value))
  return <CodeField field={field} placed={placed} language="liquid" text={shownText(value) ?? ''} onChange={take} />
}

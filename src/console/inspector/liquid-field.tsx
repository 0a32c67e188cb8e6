import type { FieldProps } from './field-editor.tsx'
import { FieldTitle } from './field-frame.tsx'
import { shownText, storedText } from './field-value.ts'
import { LiquidEditor } from './liquid-editor.tsx'

/** A text that may hold templates. */
export function LiquidField({ field, placed, value, onChange }: FieldProps) {
  return (
    <div className="field">
      <FieldTitle field={field} />
      <LiquidEditor
        label={field.title}
        language="liquid"
        placed={placed}
        path={['properties', field.name]}
        value={shownText(value) ?? ''}
        onChange={(text) => onChange(storedText(text, field, value))}
      />
      {field.help && <span className="help">{field.help}</span>}
    </div>
  )
}

import { placedIn } from '../document/placed.ts'
import { useEditor } from '../editor/editor.ts'
import { CodeEditor } from './code-editor.tsx'
import { completionsFor } from './completions.ts'
import type { FieldProps } from './field-editor.tsx'
import { FieldTitle } from './field-frame.tsx'
import { shownText, storedText } from './field-value.ts'
import { TemplatePreview } from './template-preview.tsx'

/** A text that may hold templates. */
export function LiquidField({ field, placed, value, onChange }: FieldProps) {
  const { document, catalogue } = useEditor()
  const shown = shownText(value) ?? ''
  return (
    <div className="field">
      <FieldTitle field={field} />
      <CodeEditor
        label={field.title}
        language="liquid"
        value={shown}
        completions={completionsFor(placed, placedIn(document.definition), catalogue)}
        onChange={(text) => onChange(storedText(text, field, value))}
      />
      {field.help && <span className="help">{field.help}</span>}
      <TemplatePreview title={field.title} template={shown} />
    </div>
  )
}

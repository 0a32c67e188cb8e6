import type { Field } from '../document/catalogue.ts'
import type { Placed } from '../document/placed.ts'
import { useEditor } from '../editor/editor.ts'
import { shownFlag, shownText } from './field-value.ts'
import { JsonField } from './json-field.tsx'
import { KeyValuesField } from './key-values-field.tsx'
import { LiquidField } from './liquid-field.tsx'
import { ChoiceField, FlagField, ListField, TextField } from './plain-fields.tsx'
import { TemplatePreview } from './template-preview.tsx'

/** A property of a widget, and how it is changed. */
export interface FieldProps {
  readonly field: Field
  readonly placed: Placed
  readonly value: unknown
  onChange(value: unknown): void
}

/** The part of the form for one property, by its kind; JSON, where the file holds what the kind cannot show; and what templates in it become. */
export function FieldEditor({ field, placed }: Pick<FieldProps, 'field' | 'placed'>) {
  const { run } = useEditor()
  const value = placed.properties[field.name]
  const onChange = (next: unknown) => run({ kind: 'set-property', widget: placed.id, path: [field.name], value: next })
  const Kind = kindOf(field, value)
  return (
    <>
      <Kind field={field} placed={placed} value={value} onChange={onChange} />
      {field.liquid && <TemplatePreview title={field.title} template={value} />}
    </>
  )
}

function kindOf(field: Field, value: unknown) {
  const isText = shownText(value) !== undefined
  switch (field.kind) {
    case 'choice':
      return isText ? ChoiceField : JsonField
    case 'flag':
      if (shownFlag(value) !== undefined) return FlagField
      return isText ? LiquidField : JsonField
    case 'list':
      return value === undefined || (Array.isArray(value) && value.every((item) => typeof item === 'string'))
        ? ListField
        : JsonField
    case 'key-values':
      return value === undefined || Array.isArray(value) ? KeyValuesField : JsonField
    case 'liquid':
      return isText ? LiquidField : JsonField
    case 'text':
    case 'number':
      return isText ? TextField : JsonField
    default:
      return JsonField
  }
}

import { Plus, X } from 'lucide-react'
import { isObject } from '../../flow/record.ts'
import { useEditor } from '../editor/editor.ts'
import type { FieldProps } from './field-editor.tsx'
import { FieldTitle } from './field-frame.tsx'
import { shownText } from './field-value.ts'
import { LiquidEditor } from './liquid-editor.tsx'

/** Pairs of a key and a value, in their order; whatever else a pair holds stays. */
export function KeyValuesField({ field, placed, value, onChange }: FieldProps) {
  const { run } = useEditor()
  const pairs: readonly unknown[] = Array.isArray(value) ? value : []
  const change = (place: number, key: 'key' | 'value', text: string) =>
    run({ kind: 'set-property', widget: placed.id, path: [field.name, place, key], value: text })
  return (
    <fieldset className="pairs">
      <legend>
        <FieldTitle field={field} />
      </legend>
      {pairs.map((pair, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a pair has nothing but its place to be known by
        <div key={place} className="pair">
          <input
            className="input mono"
            aria-label={`${field.title} ${place + 1}: key`}
            placeholder="key"
            value={textIn(pair, 'key')}
            onChange={({ target }) => change(place, 'key', target.value)}
          />
          <button
            type="button"
            className="button icon quiet"
            aria-label={`Remove ${field.title} ${place + 1}`}
            onClick={() => onChange(pairs.toSpliced(place, 1))}
          >
            <X size={16} />
          </button>
          <LiquidEditor
            label={`${field.title} ${place + 1}: value`}
            language="liquid"
            placeholder="value"
            placed={placed}
            path={['properties', field.name, place, 'value']}
            value={textIn(pair, 'value')}
            onChange={(text) => change(place, 'value', text)}
          />
        </div>
      ))}
      <button type="button" className="button" onClick={() => onChange([...pairs, { key: '', value: '' }])}>
        <Plus size={16} aria-hidden />
        Add
      </button>
    </fieldset>
  )
}

function textIn(pair: unknown, key: 'key' | 'value'): string {
  return shownText(isObject(pair) ? pair[key] : undefined) ?? JSON.stringify(pair)
}

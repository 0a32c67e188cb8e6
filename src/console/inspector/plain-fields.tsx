import { useState } from 'react'
import type { FieldProps } from './field-editor.tsx'
import { FieldFrame } from './field-frame.tsx'
import { shownFlag, shownText, storedFlag, storedText } from './field-value.ts'

/** A line of text, or a number. */
export function TextField({ field, value, onChange }: FieldProps) {
  return (
    <FieldFrame field={field}>
      <input
        className="input"
        inputMode={field.kind === 'number' ? 'numeric' : undefined}
        placeholder={shownText(field.default)}
        value={shownText(value)}
        onChange={({ target }) => onChange(storedText(target.value, field, value))}
      />
    </FieldFrame>
  )
}

/** One of some words; another one that the file holds stays to be chosen. */
export function ChoiceField({ field, value, onChange }: FieldProps) {
  const chosen = shownText(value) ?? ''
  const choices = field.choices ?? []
  const others = chosen === '' || choices.includes(chosen) ? [] : [chosen]
  return (
    <FieldFrame field={field}>
      <select
        className="input"
        value={chosen}
        onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
      >
        {!field.required && <option value="">{defaultWords(field.default)}</option>}
        {[...choices, ...others].map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    </FieldFrame>
  )
}

/** Yes or no. */
export function FlagField({ field, value, onChange }: FieldProps) {
  const isOn = shownFlag(value === undefined ? field.default : value) === true
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={isOn}
        onChange={({ target }) => onChange(storedFlag(target.checked ? 'true' : 'false', field, value))}
      />
      <span>{field.title}</span>
    </label>
  )
}

/** Several texts, one a line. */
export function ListField({ field, value, onChange }: FieldProps) {
  const items = Array.isArray(value) ? value.map(String) : []
  const [text, setText] = useState(items.join('\n'))
  return (
    <FieldFrame field={field}>
      <textarea
        className="input mono"
        placeholder="One a line"
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          onChange(
            target.value
              .split('\n')
              .map((line) => line.trim())
              .filter(Boolean),
          )
        }}
      />
    </FieldFrame>
  )
}

function defaultWords(value: unknown): string {
  return value === undefined ? 'Not set' : `Default (${String(value)})`
}

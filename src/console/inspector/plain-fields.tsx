import type { FieldProps } from './field-editor.tsx'
import { FieldFrame } from './field-frame.tsx'
import { shownFlag, shownText, storedFlag, storedText } from './field-value.ts'
import { useProblemsOf } from './use-problems-of.ts'
import { useTyped } from './use-typed.ts'

/** A line of text, or a number. */
export function TextField({ field, placed, value, onChange }: FieldProps) {
  const isWrong = useProblemsOf(placed, ['properties', field.name]).length > 0
  return (
    <FieldFrame field={field}>
      <input
        className="input"
        inputMode={field.kind === 'number' ? 'numeric' : undefined}
        placeholder={shownText(field.default)}
        value={shownText(value)}
        aria-invalid={isWrong}
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
export function ListField({ field, placed, value, onChange }: FieldProps) {
  const { text, typed } = useTyped(value, linesOf)
  const isWrong = useProblemsOf(placed, ['properties', field.name]).length > 0
  return (
    <FieldFrame field={field}>
      <textarea
        className="input mono"
        placeholder="One a line"
        value={text}
        aria-invalid={isWrong}
        onChange={({ target }) => {
          const items = itemsIn(target.value)
          typed(target.value, items)
          onChange(items)
        }}
      />
    </FieldFrame>
  )
}

function linesOf(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join('\n') : ''
}

function itemsIn(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

function defaultWords(value: unknown): string {
  return value === undefined ? 'Not set' : `Default (${String(value)})`
}

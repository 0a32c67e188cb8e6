import { X } from 'lucide-react'
import type { JsonObject } from '../../flow/record.ts'
import type { JsonPath } from '../document/json.ts'
import type { Placed } from '../document/placed.ts'
import { CONDITION_WORDS, changedCondition } from './condition-words.ts'
import { LiquidEditor } from './liquid-editor.tsx'
import { TemplatePreview } from './template-preview.tsx'

interface ConditionRowProps {
  readonly placed: Placed
  /** Where in the widget it stands. */
  readonly path: JsonPath
  readonly condition: JsonObject
  /** Another condition, or none. */
  onChange(condition: JsonObject | undefined): void
}

/** A test of a branch: what is tested, where that is not what the whole split tests, how, against what, and what it is called. */
export function ConditionRow({ placed, path, condition, onChange }: ConditionRowProps) {
  const { type, value, friendly_name } = condition
  const [tested, ...others] = Array.isArray(condition.arguments) ? condition.arguments : []
  const text = (one: unknown) => (typeof one === 'string' ? one : '')
  return (
    <div className="condition">
      <select
        className="input"
        aria-label="Test"
        value={text(type)}
        onChange={({ target }) => onChange(changedCondition(condition, { type: target.value }))}
      >
        {!Object.hasOwn(CONDITION_WORDS, text(type)) && <option value={text(type)}>{text(type)}</option>}
        {Object.entries(CONDITION_WORDS).map(([word, title]) => (
          <option key={word} value={word}>
            {title}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="button icon quiet"
        aria-label="Remove the condition"
        onClick={() => onChange(undefined)}
      >
        <X size={16} />
      </button>
      {tested !== placed.properties.input && (
        <ConditionText
          label="Variable to test"
          placed={placed}
          path={[...path, 'arguments', 0]}
          value={text(tested)}
          onChange={(next) => onChange({ ...condition, arguments: [next, ...others] })}
        />
      )}
      <ConditionText
        label="Value"
        placed={placed}
        path={[...path, 'value']}
        value={text(value)}
        onChange={(next) => onChange(changedCondition(condition, { value: next }))}
      />
      <input
        className="input"
        aria-label="Name of the condition"
        placeholder="Name"
        value={text(friendly_name)}
        onChange={({ target }) => onChange({ ...condition, friendly_name: target.value })}
      />
    </div>
  )
}

interface ConditionTextProps {
  readonly label: string
  readonly placed: Placed
  readonly path: JsonPath
  readonly value: string
  onChange(text: string): void
}

function ConditionText(props: ConditionTextProps) {
  return (
    <div className="condition-text">
      <LiquidEditor {...props} language="liquid" placeholder={props.label} />
      <TemplatePreview title={props.label} template={props.value} />
    </div>
  )
}

import type { JsonObject } from '../../flow/record.ts'
import type { ToldStep } from '../ask/steps.ts'
import { useEditor } from '../editor/editor.ts'

interface FilledPropertiesProps {
  readonly told: ToldStep
  /** Of the widget. */
  readonly type: string
  /** The properties as the flow has them. */
  readonly templates: JsonObject
}

/** Each property as the widget got it, with the template beside it where that says something else. */
export function FilledProperties({ told: { properties }, type, templates }: FilledPropertiesProps) {
  const { catalogue } = useEditor()
  const titles = new Map(catalogue.get(type)?.fields.map(({ name, title }) => [name, title]))
  const names = Object.keys(properties).filter((name) => name !== 'offset')
  if (names.length === 0) return null
  return (
    <section className="inspector-section">
      <h3>Properties, filled</h3>
      <dl className="filled">
        {names.map((name) => (
          <Filled key={name} title={titles.get(name) ?? name} value={properties[name]} template={templates[name]} />
        ))}
      </dl>
    </section>
  )
}

interface FilledProps {
  readonly title: string
  readonly value: unknown
  readonly template: unknown
}

function Filled({ title, value, template }: FilledProps) {
  const [filled, written] = [textOf(value), textOf(template)]
  const isFilled = /\{[{%]/.test(written) // else a secret was left out
  return (
    <div>
      <dt>{title}</dt>
      <dd className="json">{filled === '' ? <span className="faint">empty</span> : filled}</dd>
      {isFilled && filled !== written && (
        <dd className="template">
          filled from <code>{written}</code>
        </dd>
      )}
    </div>
  )
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '')
}

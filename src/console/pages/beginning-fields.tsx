import { type FlowTemplate, flowTemplates } from '../ask/templates.ts'
import { type Beginning, begun } from '../document/beginning.ts'
import { useAsked } from '../parts/use-asked.ts'

interface BeginningProps {
  readonly beginning: Beginning
  onChange(beginning: Beginning): void
}

/** What a new flow begins with: nothing, JSON, or one of the flows that ship. */
export function BeginningFields({ beginning, onChange }: BeginningProps) {
  const { answer: templates = [] } = useAsked(flowTemplates)
  const chosen = beginning.kind === 'template' ? beginning.template.title : beginning.kind
  return (
    <>
      <label className="field">
        <span className="label">Begin with</span>
        <select
          className="input"
          value={chosen}
          onChange={({ target }) => onChange(beginningNamed(target.value, templates))}
        >
          <option value="scratch">From scratch</option>
          <option value="json">JSON</option>
          <optgroup label="Templates">
            {templates.map(({ title }) => (
              <option key={title}>{title}</option>
            ))}
          </optgroup>
        </select>
        <span className="help">{wordsOf(chosen, templates)}</span>
      </label>
      {beginning.kind === 'json' && <JsonFields text={beginning.text} onChange={onChange} />}
    </>
  )
}

function beginningNamed(chosen: string, templates: readonly FlowTemplate[]): Beginning {
  const template = templates.find(({ title }) => title === chosen)
  if (template) return { kind: 'template', template }
  return chosen === 'json' ? { kind: 'json', text: '' } : { kind: 'scratch' }
}

function wordsOf(chosen: string, templates: readonly FlowTemplate[]): string {
  if (chosen === 'scratch') return 'A trigger alone'
  if (chosen === 'json') return 'An exported flow, as Studio shows it or as its REST API answers'
  return templates.find(({ title }) => title === chosen)?.summary ?? ''
}

interface JsonProps {
  readonly text: string
  onChange(beginning: Beginning): void
}

function JsonFields({ text, onChange }: JsonProps) {
  const take = (next: string) => onChange({ kind: 'json', text: next })
  const read = begun({ kind: 'json', text })
  return (
    <>
      <label className="field">
        <span className="label">Import from JSON</span>
        <textarea className="input mono" rows={5} value={text} onChange={({ target }) => take(target.value)} />
        {text.trim() !== '' && 'problem' in read && <span className="help wrong">{read.problem}</span>}
      </label>
      <label className="field">
        <span className="label">or from a file</span>
        <input
          type="file"
          accept=".json,application/json"
          onChange={async ({ target: { files } }) => {
            const file = files?.[0]
            if (file) take(await file.text())
          }}
        />
      </label>
    </>
  )
}

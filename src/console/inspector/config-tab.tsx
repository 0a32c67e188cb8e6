import { useState } from 'react'
import { isTrigger } from '../document/commands.ts'
import { type Placed, placedIn } from '../document/placed.ts'
import { useEditor } from '../editor/editor.ts'
import { CopyText } from '../parts/copy-text.tsx'
import { FieldEditor } from './field-editor.tsx'
import { TransitionTargets } from './transition-targets.tsx'

/** The name and the properties of a widget, as a form that is made of the catalogue, and where its exits lead. */
export function ConfigTab({ placed }: { readonly placed: Placed }) {
  const { catalogue, document, flow } = useEditor()
  const fields = catalogue.get(placed.type)?.fields
  const isBeginning = isTrigger(document.definition, placed)
  return (
    <>
      {isBeginning ? <Fact label="Flow name" text={flow.friendly_name} /> : <NameField placed={placed} />}
      {isBeginning && (
        <div className="field">
          <span className="label">Webhook URL</span>
          <CopyText text={flow.webhook_url} what="the webhook URL" />
        </div>
      )}
      {fields?.map((field) => (
        <FieldEditor key={field.name} placed={placed} field={field} />
      ))}
      {!fields && (
        <p className="notice">
          This type of widget is not known here. It is kept as it is; the JSON tab has all of it.
        </p>
      )}
      <section className="inspector-section">
        <h3>Transitions</h3>
        <TransitionTargets placed={placed} />
      </section>
    </>
  )
}

function Fact({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <div className="field">
      <span className="label">{label}</span>
      <span>{text}</span>
    </div>
  )
}

/** A name is taken over when the field is left, for with each letter it would be another widget. */
function NameField({ placed }: { readonly placed: Placed }) {
  const { document, run } = useEditor()
  const [name, setName] = useState(placed.name)
  const taken = placedIn(document.definition).some((other) => other !== placed && other.name === name)
  const problem = name.trim() === '' ? 'A widget needs a name.' : taken ? 'Another widget has this name.' : undefined
  const take = () => {
    if (problem === undefined) run({ kind: 'rename', widget: placed.id, name })
    else setName(placed.name)
  }
  return (
    <label className="field">
      <span className="label">Widget name</span>
      <input
        className="input"
        value={name}
        aria-invalid={problem !== undefined}
        onChange={(event) => setName(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take()
        }}
      />
      {problem !== undefined && <span className="help wrong">{problem}</span>}
    </label>
  )
}

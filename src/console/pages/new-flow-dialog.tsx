import { type SubmitEvent, useState } from 'react'
import { createFlow } from '../ask/flows.ts'
import { flowIn } from '../document/import.ts'
import { EMPTY_FLOW } from '../document/new-widget.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Told } from '../parts/told.tsx'
import { flowHash } from '../route.ts'

/** What a new flow begins with. */
interface NewFlowProps {
  /** The JSON of a file that was dropped; empty: from scratch. */
  readonly text: string
  onClose(): void
}

/** Asks for the name of a new flow, and for its JSON where it is to begin with one. */
export function NewFlowDialog({ text: dropped, onClose }: NewFlowProps) {
  const [text, setText] = useState(dropped)
  const [name, setName] = useState(nameIn(dropped))
  const [error, setError] = useState<unknown>()
  const read = text.trim() === '' ? { definition: EMPTY_FLOW } : flowIn(text)
  const take = (next: string) => {
    setText(next)
    if (name === '') setName(nameIn(next))
  }
  const create = (event: SubmitEvent) => {
    event.preventDefault()
    if ('problem' in read) return
    const saving = { status: 'draft', definition: read.definition, friendlyName: name } as const
    createFlow(saving).then(({ sid }) => location.assign(flowHash(sid)), setError)
  }
  return (
    <Dialog title="New flow" onClose={onClose}>
      <form onSubmit={create}>
        <h2>New flow</h2>
        <label className="field">
          <span className="label">Flow name</span>
          <input className="input" required value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <label className="field">
          <span className="label">Import from JSON</span>
          <textarea
            className="input mono"
            rows={5}
            placeholder="Leave it empty to start from scratch"
            value={text}
            onChange={(event) => take(event.target.value)}
          />
          {'problem' in read && <span className="help wrong">{read.problem}</span>}
        </label>
        <FilePicker onText={take} />
        {error !== undefined && <Told error={error} />}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={'problem' in read}>
            Create
          </button>
        </div>
      </form>
    </Dialog>
  )
}

function FilePicker({ onText }: { onText(text: string): void }) {
  return (
    <label className="field">
      <span className="label">or from a file</span>
      <input
        type="file"
        accept=".json,application/json"
        onChange={async ({ target: { files } }) => {
          const file = files?.[0]
          if (file) onText(await file.text())
        }}
      />
    </label>
  )
}

function nameIn(text: string): string {
  const read = flowIn(text)
  return 'problem' in read ? '' : (read.name ?? '')
}

import { type SubmitEvent, useState } from 'react'
import { createFlow } from '../ask/flows.ts'
import { type Beginning, begun } from '../document/beginning.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Told } from '../parts/told.tsx'
import { flowHash } from '../route.ts'
import { BeginningFields } from './beginning-fields.tsx'

/** What a new flow begins with. */
interface NewFlowProps {
  /** The JSON of a file that was dropped; empty: from scratch. */
  readonly text: string
  onClose(): void
}

/** Asks for the name of a new flow, and for what it is to begin with. */
export function NewFlowDialog({ text, onClose }: NewFlowProps) {
  const [beginning, setBeginning] = useState<Beginning>(text === '' ? { kind: 'scratch' } : { kind: 'json', text })
  const [typed, setTyped] = useState<string>()
  const [error, setError] = useState<unknown>()
  const flow = begun(beginning)
  const suggested = 'problem' in flow ? undefined : flow.name
  const name = typed ?? suggested ?? ''
  const create = (event: SubmitEvent) => {
    event.preventDefault()
    if ('problem' in flow) return
    const saving = { status: 'draft', definition: flow.definition, friendlyName: name } as const
    createFlow(saving).then(({ sid }) => location.assign(flowHash(sid)), setError)
  }
  return (
    <Dialog title="New flow" onClose={onClose}>
      <form onSubmit={create}>
        <h2>New flow</h2>
        <label className="field">
          <span className="label">Flow name</span>
          <input className="input" required value={name} onChange={({ target }) => setTyped(target.value)} />
        </label>
        <BeginningFields beginning={beginning} onChange={setBeginning} />
        {error !== undefined && <Told error={error} />}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={'problem' in flow}>
            Create
          </button>
        </div>
      </form>
    </Dialog>
  )
}

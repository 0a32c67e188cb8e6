import { type SubmitEvent, useState } from 'react'
import { Dialog } from '../parts/dialog.tsx'
import { counted } from '../parts/time.ts'
import { Told } from '../parts/told.tsx'
import { useEditor } from './editor.ts'

/** Asks for a message, and makes what is edited what everybody gets. */
export function PublishDialog({ onClose }: { onClose(): void }) {
  const { flow, problems, save } = useEditor()
  const [message, setMessage] = useState('')
  const [error, setError] = useState<unknown>()
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const publish = (event: SubmitEvent) => {
    event.preventDefault()
    save('published', message).then(onClose, setError)
  }
  return (
    <Dialog title="Publish" onClose={onClose}>
      <form onSubmit={publish}>
        <h2>Publish {flow.friendly_name}</h2>
        <p>
          Everybody who calls or writes from now on gets this revision; executions under way stay on the one they began
          with.
        </p>
        {errors > 0 && <p className="notice wrong">{counted(errors, 'error')} in this flow: it will be refused.</p>}
        <label className="field">
          <span className="label">What has changed (optional)</span>
          <input className="input" value={message} onChange={(event) => setMessage(event.target.value)} />
        </label>
        {error !== undefined && <Told error={error} />}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary">
            Publish
          </button>
        </div>
      </form>
    </Dialog>
  )
}

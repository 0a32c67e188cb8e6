import { useState } from 'react'
import { removeFlow } from '../ask/flows.ts'
import { at } from '../document/json.ts'
import { useEditor } from '../editor/editor.ts'
import { CopyText } from '../parts/copy-text.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Told } from '../parts/told.tsx'
import { noteIn } from '../use-route.ts'
import { TestUsers } from './test-users.tsx'

/** What concerns the flow as a whole. */
export function SettingsView() {
  const { flow, document, run } = useEditor()
  const { definition } = document
  const description = at(definition, ['description'])
  return (
    <main className="view-body">
      <div className="page-body prose">
        <h2>Settings</h2>
        <div className="field">
          <span className="label">Webhook URL</span>
          <CopyText text={flow.webhook_url} what="the webhook URL" />
        </div>
        <div className="field">
          <span className="label">Flow SID</span>
          <CopyText text={flow.sid} what="the flow's SID" />
        </div>
        <label className="field">
          <span className="label">Description</span>
          <input
            className="input"
            value={typeof description === 'string' ? description : ''}
            onChange={({ target }) => run({ kind: 'set', path: ['description'], value: target.value })}
          />
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={at(definition, ['flags', 'allow_concurrent_calls']) === true}
            onChange={({ target }) =>
              run({ kind: 'set', path: ['flags', 'allow_concurrent_calls'], value: target.checked })
            }
          />
          <span>Allow concurrent calls of one contact</span>
        </label>
        <TestUsers flow={flow.sid} />
        <RemoveFlow />
      </div>
    </main>
  )
}

function RemoveFlow() {
  const { flow } = useEditor()
  const [isAsking, setAsking] = useState(false)
  const [error, setError] = useState<unknown>()
  const remove = () => removeFlow(flow.sid).then(() => noteIn({ page: 'flows' }), setError)
  return (
    <>
      <div>
        <button type="button" className="button danger" onClick={() => setAsking(true)}>
          Remove this flow
        </button>
      </div>
      {isAsking && (
        <Dialog title="Remove this flow" onClose={() => setAsking(false)}>
          <form method="dialog">
            <h2>Remove {flow.friendly_name}?</h2>
            <p>Its revisions and its executions go with it, and its file, if it comes from one.</p>
            {error !== undefined && <Told error={error} />}
            <div className="dialog-actions">
              <button type="submit" className="button">
                Keep it
              </button>
              <button type="button" className="button danger" onClick={remove}>
                Remove
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  )
}

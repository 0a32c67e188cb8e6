import { useCallback, useState } from 'react'
import { definitionAt, type Revision, revisionsOf } from '../ask/flows.ts'
import { editable } from '../document/import.ts'
import { useEditor } from '../editor/editor.ts'
import { ago, exactly } from '../parts/time.ts'
import { Told } from '../parts/told.tsx'
import { useAsked } from '../parts/use-asked.ts'
import { Waiting } from '../parts/waiting.tsx'
import { flowHash } from '../route.ts'

/** Every revision of the flow, the newest first, and the way back to one. */
export function RevisionsView() {
  const { flow, run } = useEditor()
  const { sid, revision: newest } = flow
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision makes the list another one
  const { answer: revisions, error } = useAsked(useCallback(() => revisionsOf(sid), [sid, newest]))
  const [refused, setRefused] = useState<unknown>()
  const restore = async (revision: number) => {
    const definition = await definitionAt(sid, String(revision))
    run({ kind: 'replace', definition: editable(definition) })
    location.assign(flowHash(sid))
  }
  return (
    <main className="view-body">
      <div className="page-body">
        <h2>Revisions</h2>
        {(error ?? refused) !== undefined && <Told error={error ?? refused} />}
        {revisions ? (
          <RevisionTable
            revisions={revisions}
            newest={newest}
            onRestore={(revision) => restore(revision).catch(setRefused)}
          />
        ) : (
          error === undefined && <Waiting what="revisions" />
        )}
      </div>
    </main>
  )
}

interface RevisionTableProps {
  readonly revisions: readonly Revision[]
  readonly newest: number
  onRestore(revision: number): void
}

function RevisionTable({ revisions, newest, onRestore }: RevisionTableProps) {
  return (
    <div className="table-frame">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Revision</th>
            <th scope="col">Status</th>
            <th scope="col">Saved</th>
            <th scope="col">Message</th>
            <th scope="col">
              <span className="visually-hidden">What can be done</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {revisions.map(({ revision, status, date_created, commit_message }) => (
            <tr key={revision}>
              <th scope="row">{revision}</th>
              <td>
                <span className={`badge ${status === 'published' ? 'good' : ''}`}>{status}</span>
              </td>
              <td>
                <time dateTime={date_created} title={exactly(date_created)}>
                  {ago(date_created, Date.now())}
                </time>
              </td>
              <td>{commit_message ?? <span className="faint">none</span>}</td>
              <td>
                {revision !== newest && (
                  <button type="button" className="button" onClick={() => onRestore(revision)}>
                    Restore<span className="visually-hidden"> revision {revision}</span>
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

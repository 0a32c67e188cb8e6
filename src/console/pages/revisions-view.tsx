import { useCallback } from 'react'
import { type Revision, revisionsOf } from '../ask/flows.ts'
import { useEditor } from '../editor/editor.ts'
import { Table } from '../parts/table.tsx'
import { ago, exactly } from '../parts/time.ts'
import { Told } from '../parts/told.tsx'
import { useAsked } from '../parts/use-asked.ts'
import { Waiting } from '../parts/waiting.tsx'
import { flowHash } from '../route.ts'

/** Every revision of the flow, the newest first, and the way back to one. */
export function RevisionsView() {
  const { flow } = useEditor()
  const { sid, revision: newest } = flow
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision makes the list another one
  const { answer: revisions, error } = useAsked(useCallback(() => revisionsOf(sid), [sid, newest]))
  return (
    <main className="view-body">
      <div className="page-body">
        <h2>Revisions</h2>
        {error !== undefined && <Told error={error} />}
        {revisions ? (
          <RevisionTable flow={sid} revisions={revisions} />
        ) : (
          error === undefined && <Waiting what="revisions" />
        )}
      </div>
    </main>
  )
}

interface RevisionTableProps {
  readonly revisions: readonly Revision[]
  readonly flow: string
}

function RevisionTable({ flow, revisions }: RevisionTableProps) {
  return (
    <Table columns={COLUMNS}>
      {revisions.map(({ revision, status, date_created, commit_message }) => (
        <tr key={revision}>
          <th scope="row" data-title="Revision">
            {revision}
          </th>
          <td>
            <span className={`badge ${status === 'published' ? 'good' : ''}`}>{status}</span>
          </td>
          <td data-title="Saved">
            <time dateTime={date_created} title={exactly(date_created)}>
              {ago(date_created, Date.now())}
            </time>
          </td>
          <td data-title="Message">{commit_message ?? <span className="faint">none</span>}</td>
          <td>
            <a className="button" href={flowHash(flow, 'revisions', String(revision))}>
              Compare<span className="visually-hidden"> with revision {revision}</span>
            </a>
          </td>
        </tr>
      ))}
    </Table>
  )
}

const COLUMNS = ['Revision', 'Status', 'Saved', 'Message', 'Compare']

import { Plus } from 'lucide-react'
import { useCallback, useState } from 'react'
import { type BrokenFile, type ListedFlow, listFlows } from '../ask/flows.ts'
import { CopyText } from '../parts/copy-text.tsx'
import { Table } from '../parts/table.tsx'
import { ago, counted, exactly } from '../parts/time.ts'
import { Told } from '../parts/told.tsx'
import { useAsked } from '../parts/use-asked.ts'
import { useDroppedFile } from '../parts/use-dropped-file.ts'
import { Waiting } from '../parts/waiting.tsx'
import { flowHash } from '../route.ts'
import '../styles/pages.css'
import '../styles/small-pages.css'
import { NewFlowDialog } from './new-flow-dialog.tsx'
import { PageHead } from './page-head.tsx'

/** The flows that are served, and the way to a new one. A file that is dropped on the page becomes one, too. */
export function FlowsPage() {
  const { answer, error } = useAsked(listFlows)
  const [begun, setBegun] = useState<{ readonly text: string }>()
  useDroppedFile(useCallback((text: string) => setBegun({ text }), []))
  return (
    <div className="page">
      <PageHead page="flows">
        <button type="button" className="button primary" onClick={() => setBegun({ text: '' })}>
          <Plus size={16} />
          New flow
        </button>
      </PageHead>
      <main className="page-body">
        <h1>Flows</h1>
        {error !== undefined && <Told error={error} />}
        {answer?.broken_files.map((broken) => (
          <Broken key={broken.file} file={broken} />
        ))}
        {answer ? <FlowTable flows={answer.flows} /> : error === undefined && <Waiting what="flows" />}
        <p className="faint">Drop an exported flow here to import it.</p>
      </main>
      {begun && <NewFlowDialog text={begun.text} onClose={() => setBegun(undefined)} />}
    </div>
  )
}

function Broken({ file: { problem, flow_sid } }: { readonly file: BrokenFile }) {
  const left = flow_sid === null ? 'The flow is not served' : 'Its last good revision is served'
  return (
    <p className="notice wrong">
      {problem}. {left} until the file is mended.
    </p>
  )
}

function FlowTable({ flows }: { readonly flows: readonly ListedFlow[] }) {
  if (flows.length === 0) return <p className="notice">There is no flow yet. Make one, or drop an exported one here.</p>
  return (
    <Table columns={COLUMNS}>
      {flows.map((flow) => (
        <FlowRow key={flow.sid} flow={flow} />
      ))}
    </Table>
  )
}

const COLUMNS = ['Name', 'Status', 'Last activity', 'Problems', 'Webhook URL']

function FlowRow({ flow }: { readonly flow: ListedFlow }) {
  const { sid, friendly_name, status, revision, webhook_url, active_executions } = flow
  return (
    <tr>
      <th scope="row">
        <a href={flowHash(sid)}>{friendly_name}</a>
        <span className="faint">{sid}</span>
      </th>
      <td>
        <span className={`badge ${status === 'published' ? 'good' : ''}`}>
          {status === 'published' ? 'Published' : 'Draft'}
        </span>
        <span className="faint">Revision {revision}</span>
      </td>
      <td data-title="Last activity">
        <Activity flow={flow} />
        {active_executions > 0 && <span className="faint">{active_executions} active</span>}
      </td>
      <td data-title="Problems">
        <Problems count={flow.problems} />
      </td>
      <td className="whole-line">
        <CopyText text={webhook_url} what={`the webhook URL of ${friendly_name}`} />
      </td>
    </tr>
  )
}

function Activity({ flow: { last_activity } }: { readonly flow: ListedFlow }) {
  if (!last_activity) return <span className="faint">none yet</span>
  return (
    <time dateTime={last_activity} title={exactly(last_activity)}>
      {ago(last_activity, Date.now())}
    </time>
  )
}

function Problems({ count }: { readonly count: number }) {
  if (count === 0) return <span className="faint">none</span>
  return <span className="badge warn">{counted(count, 'problem')}</span>
}

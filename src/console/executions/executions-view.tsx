import { useCallback, useState } from 'react'
import { executionsOf, type ListedExecution } from '../ask/executions.ts'
import { Table } from '../parts/table.tsx'
import { ago, counted, exactly } from '../parts/time.ts'
import { Told } from '../parts/told.tsx'
import { useAsked } from '../parts/use-asked.ts'
import { Waiting } from '../parts/waiting.tsx'
import { flowHash } from '../route.ts'
import { ExecutionFilters, NO_FILTERS } from './execution-filters.tsx'
import { useLive } from './use-live.ts'
import '../styles/executions.css'

/** The executions of a flow, the newest first, as they go on. */
export function ExecutionsView({ flow }: { readonly flow: string }) {
  const [filters, setFilters] = useState(NO_FILTERS)
  const [size, setSize] = useState(PAGE)
  const { answer, error, again } = useAsked(
    useCallback(() => executionsOf({ flow, size, ...filters, contact: filters.contact.trim() }), [flow, size, filters]),
  )
  useLive(`flow=${flow}`, again)
  return (
    <main className="view-body">
      <div className="page-body">
        <h2>Executions</h2>
        <ExecutionFilters flow={flow} filters={filters} onChange={setFilters} />
        {error !== undefined && <Told error={error} />}
        {answer ? <ExecutionTable executions={answer} /> : error === undefined && <Waiting what="executions" />}
        {answer?.length === size && size < MOST && (
          <button type="button" className="button" onClick={() => setSize(size + PAGE)}>
            Show older ones
          </button>
        )}
      </div>
    </main>
  )
}

const PAGE = 100

/** As many as the server gives out at once; days and contacts lead to what is older. */
const MOST = 1_000

function ExecutionTable({ executions }: { readonly executions: readonly ListedExecution[] }) {
  if (executions.length === 0) return <p className="notice">There is none. The list shows new ones by itself.</p>
  return (
    <Table columns={COLUMNS}>
      {executions.map((execution) => (
        <ExecutionRow key={execution.sid} execution={execution} />
      ))}
    </Table>
  )
}

const COLUMNS = ['Contact', 'Status', 'Began', 'Stands on', 'Steps', 'Warnings']

function ExecutionRow({ execution }: { readonly execution: ListedExecution }) {
  const { sid, flow_sid, contact, channel, status, date_created, widget, steps, warnings, flow_version } = execution
  return (
    <tr>
      <th scope="row">
        <a href={flowHash(flow_sid, 'executions', sid)}>{contact}</a>
        <span className="faint">{sid}</span>
      </th>
      <td>
        <span className={`badge ${status === 'active' ? 'good' : ''}`}>{status === 'active' ? 'Active' : 'Ended'}</span>
        <span className="faint">
          {channel}, revision {flow_version}
        </span>
      </td>
      <td data-title="Began">
        <time dateTime={date_created} title={exactly(date_created)}>
          {ago(date_created, Date.now())}
        </time>
      </td>
      <td data-title="Stands on">{widget}</td>
      <td data-title="Steps">{steps}</td>
      <td data-title="Warnings">
        {warnings.length > 0 ? (
          <span className="badge warn" title={warnings.join(', ')}>
            {counted(warnings.length, 'warning')}
          </span>
        ) : (
          <span className="faint">none</span>
        )}
      </td>
    </tr>
  )
}

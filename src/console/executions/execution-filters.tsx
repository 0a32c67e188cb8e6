import { ChartNoAxesColumn } from 'lucide-react'
import type { Search } from '../ask/executions.ts'
import { flowHash } from '../route.ts'

/** What the list of executions is narrowed by. */
export type Filters = Required<Omit<Search, 'flow' | 'size'>>

/** All executions. */
export const NO_FILTERS: Filters = { status: '', contact: '', from: '', to: '' }

interface ExecutionFiltersProps {
  readonly flow: string
  readonly filters: Filters
  onChange(filters: Filters): void
}

/** Narrows the list of executions by their status, their contact and the days on which they began. */
export function ExecutionFilters({ flow, filters, onChange }: ExecutionFiltersProps) {
  const { status, contact, from, to } = filters
  return (
    <div className="filters">
      <label className="field">
        <span className="label">Status</span>
        <select
          className="input"
          value={status}
          onChange={({ target }) => onChange({ ...filters, status: target.value })}
        >
          <option value="">All</option>
          <option value="active">Active</option>
          <option value="ended">Ended</option>
        </select>
      </label>
      <label className="field">
        <span className="label">Contact</span>
        <input
          className="input"
          type="search"
          placeholder="+15550100200"
          value={contact}
          onChange={({ target }) => onChange({ ...filters, contact: target.value })}
        />
      </label>
      <Day title="From" day={from} max={to} onDay={(day) => onChange({ ...filters, from: day })} />
      <Day title="To" day={to} min={from} onDay={(day) => onChange({ ...filters, to: day })} />
      <a className="button" href={flowHash(flow, 'executions', 'counts')}>
        <ChartNoAxesColumn size={16} aria-hidden />
        Counts on the canvas
      </a>
    </div>
  )
}

interface DayProps {
  readonly title: string
  readonly day: string
  readonly min?: string
  readonly max?: string
  onDay(day: string): void
}

function Day({ title, day, min, max, onDay }: DayProps) {
  return (
    <label className="field">
      <span className="label">{title}</span>
      <input
        className="input"
        type="date"
        value={day}
        min={min}
        max={max}
        onChange={({ target }) => onDay(target.value)}
      />
    </label>
  )
}

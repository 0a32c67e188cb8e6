import type { Execution, Step } from '../engine/execution.ts'
import { field } from '../engine/fields.ts'
import type { LoggedWarning } from '../engine/record.ts'
import { fromColumn, toColumn } from './column.ts'
import { type Sql, type Statement, statement } from './sql.ts'
import { momentsOf, walkOf } from './sql-walk.ts'
import type { Happened, Store } from './store.ts'

/** What executions leave behind: steps, warnings and the events that moved them. */
export function logQueries(sql: Sql): Pick<Store, 'steps' | 'warnings' | 'warningCodes' | 'events'> {
  return {
    async steps(executionSid) {
      const rows = await sql.rows<StepRow>(STEPS, toColumn(executionSid))
      return rows.map(stepOf)
    },
    async warnings(executionSid) {
      const rows = await sql.rows<WarningRow>(WARNINGS, toColumn(executionSid))
      return rows.map(warningOf)
    },
    events: (executionSid) => eventsOf(sql, toColumn(executionSid)),
    async warningCodes(executionSid) {
      const found = 'select distinct code from warnings where execution_sid = $1 order by code'
      return (await sql.rows<{ code: number }>(found, toColumn(executionSid))).map(({ code }) => code)
    },
  }
}

const STEPS = `${momentsOf('$1')}
  select sid, flow_sid, parent_step_sid, name, type, transitioned_from, transitioned_to, changes, created_at
  from ${walkOf('$1')} order by position`

interface StepRow {
  sid: string
  flow_sid: string
  parent_step_sid: string | null
  name: string
  type: string
  transitioned_from: string
  transitioned_to: string
  changes: string
  created_at: number
}

function stepOf(row: StepRow): Step {
  const { happened, output = [happened].flat()[0].event.params, ...changes } = JSON.parse(row.changes)
  return {
    sid: row.sid,
    flowSid: fromColumn(row.flow_sid),
    ...(row.parent_step_sid !== null && { parentStep: row.parent_step_sid }),
    name: fromColumn(row.name),
    type: fromColumn(row.type),
    from: fromColumn(row.transitioned_from),
    to: fromColumn(row.transitioned_to),
    date: row.created_at,
    output,
    ...changes,
  }
}

/** Writes a step in its place of the walk, behind the one before it in the same save, or else the last one that is kept; with what has led to it where it is the first of a save. */
export function stepKept(
  { sid: executionSid }: Execution,
  position: number,
  { step, previous, events }: StepToKeep,
): Statement {
  const { variables, transition, compared, parent } = step
  const happened = events.length > 1 ? events : events[0]
  const output = isToldBy(events[0], step) ? undefined : step.output
  const changes = { output, variables, transition, compared, parent, happened }
  return statement(
    `insert into steps (execution_sid, position, sid, flow_sid, parent_step_sid, name, type, transitioned_from, transitioned_to, changes, created_at, previous_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, coalesce($12, (select last_step_at from executions where sid = $1), -1)) on conflict do nothing`, // whoever comes too late is told so by the execution
    toColumn(executionSid),
    position,
    step.sid,
    toColumn(step.flowSid),
    step.parentStep ?? null,
    toColumn(step.name),
    toColumn(step.type),
    toColumn(step.from),
    toColumn(step.to),
    JSON.stringify(changes),
    step.date,
    previous?.date ?? null,
  )
}

/** Whether a widget has given out just what came: that is not kept twice. */
function isToldBy(event: KeptEvent | undefined, { output }: Step): boolean {
  if (!event || !('params' in event.event)) return false
  const { params } = event.event
  const names = Object.keys(output)
  return names.length === Object.keys(params).length && names.every((name) => output[name] === field(params, name))
}

interface StepToKeep {
  readonly step: Step
  readonly previous: Step | undefined
  readonly events: readonly KeptEvent[]
}

/** What has led to a version of an execution. */
export interface KeptEvent extends Happened {
  readonly version: number
}

/** Those that led to steps stand with the first of them, which costs less than a row of their own; the others have one. */
async function eventsOf(sql: Sql, executionSid: string): Promise<readonly Happened[]> {
  const steps = await sql.rows<{ changes: string }>(CHANGES, executionSid)
  const rows = await sql.rows<{ version: number; happened: string }>(EVENTS, executionSid)
  const events: readonly KeptEvent[] = [
    ...steps.flatMap(({ changes }) => JSON.parse(changes).happened ?? []),
    ...rows.map(({ version, happened }) => ({ version, ...JSON.parse(happened) })),
  ]
  return events.toSorted((one, other) => one.version - other.version).map(({ version: _, ...happened }) => happened)
}

const CHANGES = `${momentsOf('$1')} select changes from ${walkOf('$1')} order by position`
const EVENTS = 'select version, happened from events where execution_sid = $1 order by version'

const WARNINGS =
  'select step_sid, widget, code, message, created_at from warnings where execution_sid = $1 order by version, position'

interface WarningRow {
  step_sid: string
  widget: string
  code: number
  message: string
  created_at: number
}

function warningOf({ step_sid, widget, code, message, created_at }: WarningRow): LoggedWarning {
  return { step: step_sid, widget: fromColumn(widget), code, message: fromColumn(message), date: created_at }
}

/** Writes a warning with the execution that is saved with it. */
export function warningKept(
  { sid, version, createdAt }: Execution,
  position: number,
  warning: LoggedWarning,
): Statement {
  return statement(
    `insert into warnings (execution_sid, version, position, step_sid, widget, code, message, created_at, began_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    toColumn(sid),
    version,
    position,
    warning.step,
    toColumn(warning.widget),
    warning.code,
    toColumn(warning.message),
    warning.date,
    createdAt,
  )
}

/** Writes what has led to the execution that is saved with it. */
export function eventKept({ sid }: Execution, { version, event, moment, performed }: KeptEvent): Statement {
  return statement(
    'insert into events (execution_sid, version, happened) values ($1, $2, $3)',
    toColumn(sid),
    version,
    JSON.stringify({ event, moment, performed }),
  )
}

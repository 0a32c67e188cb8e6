import type { Execution } from '../engine/execution.ts'
import { toColumn } from './column.ts'
import type { ExecutionPage, FoundExecutions, ReachedWidget } from './execution-page.ts'
import type { Sql } from './sql.ts'
import { type Condition, given, joined, numbered } from './sql-condition.ts'
import { momentsOf, walkOf } from './sql-walk.ts'

/** A page of executions by an index, from its place on: what comes before it costs nothing. */
export async function executionPage(sql: Sql, wanted: ExecutionPage): Promise<FoundExecutions> {
  const isBack = wanted.place?.side === 'before'
  const looked = wanted.widget ? MOST_LOOKED_AT : wanted.size + 1
  const rows = await rowsOf(sql, wanted, looked)
  const found = rows.filter(({ reached }) => reached).slice(0, wanted.size + 1)
  const executions = await documents(sql, found)
  const brokeOff = found.length <= wanted.size && rows.length === looked && wanted.widget ? rows.at(-1) : undefined
  return { executions: isBack ? executions.reverse() : executions, brokeOffAt: brokeOff }
}

/**
 * Only the steps of each execution say which widgets it has reached: an index of them would cost every step, a tenth
 * of its time. So no more executions than these are looked at for a page, which can be short therefore.
 */
const MOST_LOOKED_AT = 2_000

interface Row {
  readonly sid: string
  readonly at: number
  readonly reached: number
}

/** The first executions beyond the place, in the order of the list or, where it is looked through backwards, the other way round. */
function rowsOf(sql: Sql, wanted: ExecutionPage, limit: number): Promise<readonly Row[]> {
  const { rows, at, sid, conditions } = sourceOf(wanted)
  const { createdFrom, createdTo, place, widget } = wanted
  const isBack = place?.side === 'before'
  const all: readonly Condition[] = [
    [`e.sid = ${sid}`],
    ...conditions,
    ...given(`${at} >= ?`, createdFrom),
    ...given(`${at} <= ?`, createdTo),
    ...given(`(${at}, ${sid}) ${isBack ? '>' : '<'} (?, ?)`, place?.at, place && toColumn(place.sid)),
    ...ofEach(wanted),
  ]
  const order = isBack ? 'at, sid' : 'at desc, sid desc'
  const candidates = joined(
    [[`select distinct ${at} as at, ${sid} as sid from ${rows} where `], joined(all, ' and ')],
    '',
  )
  const [reached, ...names] = widget ? reachedBy(widget) : ['1']
  const pieces: readonly Condition[] = [[`select sid, at, ${reached} as reached from (`, ...names], candidates]
  const [text, ...values] = numbered(
    joined([...pieces, [` order by ${order} limit ${limit}) c order by ${order}`]], ''),
  )
  return sql.rows<Row>(text, ...values)
}

async function documents(sql: Sql, found: readonly Row[]): Promise<Execution[]> {
  if (found.length === 0) return []
  const [text, ...values] = numbered(oneOf('sid', found.map(({ sid }) => sid))) // biome-ignore format: one condition
  const rows = await sql.rows<{ document: string }>(`select document from executions where ${text}`, ...values)
  const bySid = new Map(rows.map(({ document }) => JSON.parse(document)).map((one: Execution) => [one.sid, one]))
  return found.flatMap(({ sid }) => bySid.get(sid) ?? [])
}

/** Where executions are looked for: rows in the order of the list, each of them naming an execution. */
interface Source {
  readonly rows: string
  readonly at: string
  readonly sid: string
  readonly conditions: readonly Condition[]
}

/** The search begins at what leaves the fewest executions; everything else is asked of each of those. */
function sourceOf({ flowSid, status, contacts, warning }: ExecutionPage): Source {
  const plain = { rows: 'executions e', at: 'e.created_at', sid: 'e.sid' }
  if (contacts) return { ...plain, conditions: [oneOf('e.contact_address', contacts)] }
  // `cross join` keeps the planner from beginning at the executions.
  const warnings = { rows: 'warnings l cross join executions e', at: 'l.began_at', sid: 'l.execution_sid' }
  if (warning !== undefined) return { ...warnings, conditions: [['l.code = ?', warning]] }
  return {
    ...plain,
    conditions: [...given('e.flow_sid = ?', flowSid && toColumn(flowSid)), ...given('e.status = ?', status)],
  }
}

/** What is asked of each execution; `||` keeps the planner from beginning here. */
function ofEach({ flowSid, status, warning, contacts }: ExecutionPage): readonly Condition[] {
  const hasWarning = 'exists (select 1 from warnings w where w.execution_sid = e.sid and w.code = ?)'
  return [
    ...given("e.flow_sid || '' = ?", flowSid && toColumn(flowSid)),
    ...given("e.status || '' = ?", status),
    ...(contacts ? given(hasWarning, warning) : []),
  ]
}

/** A step leads to the widget; or it is a trigger, which no step leads to. `||` keeps the planner from beginning anywhere but at the execution. */
function reachedBy({ flowSid, name }: ReachedWidget): Condition {
  const place = [toColumn(flowSid), toColumn(name)] as const
  const isIt =
    "s.flow_sid || '' = ? and (s.transitioned_to || '' = ? or s.type = 'trigger' and s.transitioned_from || '' = ?)"
  return [`exists (${momentsOf('c.sid')} select 1 from ${walkOf('c.sid')} and ${isIt})`, ...place, toColumn(name)]
}

function oneOf(column: string, texts: readonly string[]): Condition {
  return [`${column} in (${texts.map(() => '?').join(', ')})`, ...texts.map(toColumn)]
}

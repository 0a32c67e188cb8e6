import type { Execution } from '../engine/execution.ts'
import { toColumn } from './column.ts'
import type { Sql } from './sql.ts'
import { type Condition, given, joined, numbered } from './sql-condition.ts'
import type { ExecutionPage, ReachedWidget } from './store.ts'

/** A page of executions by an index, from its place on: what comes before it costs nothing. */
export async function executionPage(sql: Sql, wanted: ExecutionPage): Promise<readonly Execution[]> {
  const isBack = wanted.place?.side === 'before'
  const order = isBack ? 'at, sid' : 'at desc, sid desc'
  const [found, ...values] = numbered(joined(sources(wanted).map(foundIn(wanted)), ' union '))
  const text = `select document from (${found} order by ${order} limit ${wanted.size + 1}) as found
    cross join executions where executions.sid = found.sid order by ${order.replaceAll('sid', 'found.sid')}`
  const rows = await sql.rows<{ document: string }>(text, ...values)
  const executions = rows.map(({ document }): Execution => JSON.parse(document))
  return isBack ? executions.reverse() : executions
}

/** Where executions are looked for: rows in the order of the list, each of them naming an execution. */
interface Source {
  readonly rows: string
  readonly at: string
  readonly sid: string
  readonly conditions: readonly Condition[]
}

/** The search begins at what leaves the fewest executions; everything else is asked of each of those. */
function sources({ flowSid, status, contacts, warning, widget }: ExecutionPage): readonly Source[] {
  const plain = { rows: 'executions e', at: 'e.created_at', sid: 'e.sid' }
  if (contacts) return [{ ...plain, conditions: [oneOf('e.contact_address', contacts)] }]
  if (warning !== undefined) return [{ ...logOf('warnings'), conditions: [['l.code = ?', warning]] }]
  if (widget && status !== 'active')
    return REACHED.map((how) => ({ ...logOf('steps'), conditions: [[how, ...placeOf(widget)]] }))
  const conditions = [...given('e.flow_sid = ?', flowSid && toColumn(flowSid)), ...given('e.status = ?', status)]
  return [{ ...plain, conditions }]
}

/** `cross join` keeps the planner from beginning at the executions. */
function logOf(table: 'steps' | 'warnings') {
  return { rows: `${table} l cross join executions e`, at: 'l.began_at', sid: 'l.execution_sid' }
}

/** A step leads to the widget; or it is a trigger, which no step leads to. */
const REACHED = [
  'l.flow_sid = ? and l.transitioned_to = ?',
  "l.flow_sid = ? and l.transitioned_from = ? and l.type = 'trigger'",
] as const

function placeOf({ flowSid, name }: ReachedWidget) {
  return [toColumn(flowSid), toColumn(name)] as const
}

function foundIn(wanted: ExecutionPage): (source: Source) => Condition {
  const { createdFrom, createdTo, place } = wanted
  return ({ rows, at, sid, conditions }) => {
    const beyond = `(${at}, ${sid}) ${place?.side === 'before' ? '>' : '<'} (?, ?)`
    const all: readonly Condition[] = [
      [`e.sid = ${sid}`],
      ...conditions,
      ...given(`${at} >= ?`, createdFrom),
      ...given(`${at} <= ?`, createdTo),
      ...given(beyond, place?.at, place && toColumn(place.sid)),
      ...ofEach(wanted),
    ]
    return joined([[`select distinct ${at} as at, ${sid} as sid from ${rows} where `], joined(all, ' and ')], '')
  }
}

/** What is asked of each execution; `||` keeps the planner from beginning here. */
function ofEach({ flowSid, status, warning, widget }: ExecutionPage): readonly Condition[] {
  const reached = REACHED.map((how) => `exists (select 1 from steps l where ${OF_EACH} and ${how})`).join(' or ')
  return [
    ...given("e.flow_sid || '' = ?", flowSid && toColumn(flowSid)),
    ...given("e.status || '' = ?", status),
    ...given(`exists (select 1 from warnings l where ${OF_EACH} and l.code = ?)`, warning),
    ...(widget ? [[`(${reached})`, ...placeOf(widget), ...placeOf(widget)] as const] : []),
  ]
}

const OF_EACH = 'l.began_at = e.created_at and l.execution_sid = e.sid'

function oneOf(column: string, texts: readonly string[]): Condition {
  return [`${column} in (${texts.map(() => '?').join(', ')})`, ...texts.map(toColumn)]
}

import type { Execution } from '../engine/execution.ts'
import { toColumn } from './column.ts'
import type { Sql, SqlValue } from './sql.ts'
import type { ExecutionPage } from './store.ts'

/** A page of executions by an index, from its place on: what comes before it costs nothing. */
export async function executionPage(sql: Sql, wanted: ExecutionPage): Promise<readonly Execution[]> {
  const isBack = wanted.place?.side === 'before'
  const { where, values } = numbered(conditionsOf(wanted))
  const order = isBack ? 'created_at, sid' : 'created_at desc, sid desc'
  const text = `select document from executions where ${where} order by ${order} limit ${wanted.size + 1}`
  const rows = await sql.rows<{ document: string }>(text, ...values)
  const found = rows.map(({ document }): Execution => JSON.parse(document))
  return isBack ? found.reverse() : found
}

/** A condition, with `?` where its values go. */
type Condition = readonly [text: string, ...values: readonly SqlValue[]]

function conditionsOf({ flowSid, status, createdFrom, createdTo, place }: ExecutionPage): readonly Condition[] {
  return [
    ['flow_sid = ?', toColumn(flowSid)],
    ...given('status = ?', status),
    ...given('created_at >= ?', createdFrom),
    ...given('created_at <= ?', createdTo),
    ...given(
      `(created_at, sid) ${place?.side === 'before' ? '>' : '<'} (?, ?)`,
      place?.at,
      place && toColumn(place.sid),
    ),
  ]
}

function given(text: string, ...values: readonly (SqlValue | undefined)[]): readonly Condition[] {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? [] : [[text, ...known]]
}

function numbered(conditions: readonly Condition[]): { readonly where: string; readonly values: readonly SqlValue[] } {
  let count = 0
  const texts = conditions.map(([text]) => text.replaceAll('?', () => `$${++count}`))
  return { where: texts.join(' and '), values: conditions.flatMap(([, ...values]) => values) }
}

import { setImmediate as breath } from 'node:timers/promises'
import { fromColumn, toColumn } from './column.ts'
import type { Period, TransitionCount } from './saved-flow.ts'
import type { Sql } from './sql.ts'
import { type Edge, type FlowEdge, takersOf } from './sql-takers.ts'
import type { Store } from './store.ts'

/** How often transitions were taken, and by how many executions. */
export function transitionQueries(sql: Sql): Pick<Store, 'transitionCounts'> {
  return {
    async transitionCounts(flowSid, period) {
      const counts: TransitionCount[] = []
      const flow = toColumn(flowSid)
      for (let edge = await nextEdge(sql, flow, FIRST); edge; edge = await nextEdge(sql, flow, edge)) {
        counts.push(...(await countsOf(sql, [flow, ...edge], period)))
        await breath() // callers are let in: a million steps take a tenth of a second
      }
      return counts
    },
  }
}

/** Before every other. */
const FIRST: Edge = ['', '', '']

/** Jumps in the index from one transition to the next. */
async function nextEdge(sql: Sql, flow: string, after: Edge): Promise<Edge | undefined> {
  const [row] = await sql.rows<EdgeRow>(NEXT, flow, ...after)
  return row && [row.transitioned_from, row.name, row.transitioned_to]
}

interface EdgeRow {
  transitioned_from: string
  name: string
  transitioned_to: string
}

const NEXT = `select transitioned_from, name, transitioned_to from steps
  where flow_sid = $1 and (transitioned_from, name, transitioned_to) > ($2, $3, $4)
  order by transitioned_from, name, transitioned_to limit 1`

/** The branches of a split can lead to the same widget: each is counted by itself. */
async function countsOf(sql: Sql, edge: FlowEdge, period: Period): Promise<readonly TransitionCount[]> {
  const [, from, event, to] = edge
  const named = { from: fromColumn(from), event: fromColumn(event), to: fromColumn(to) }
  const count = await timesTaken(sql, edge, period)
  if (count > MOST_TOLD_APART) return [{ ...named, count }]
  const takers = await takersOf(sql, edge, period)
  return takers.map((taken) => ({ ...named, ...taken }))
}

/** The index knows how often a transition was taken; by whom is read step by step. */
const MOST_TOLD_APART = 50_000

async function timesTaken(sql: Sql, edge: FlowEdge, period: Period): Promise<number> {
  const { from = 0, to = Number.MAX_SAFE_INTEGER } = period
  const [row] = await sql.rows<{ count: number }>(COUNT, ...edge, from, to)
  return row?.count ?? 0
}

const COUNT = `select count(*) as count from steps
  where flow_sid = $1 and transitioned_from = $2 and name = $3 and transitioned_to = $4 and created_at between $5 and $6`

import { setImmediate as breath } from 'node:timers/promises'
import type { Period, TransitionCount } from './saved-flow.ts'
import type { Sql } from './sql.ts'

/** From where, by which event, to where; as the columns have it. */
export type Edge = readonly [from: string, name: string, to: string]

/** An edge of a flow. */
export type FlowEdge = readonly [flow: string, ...Edge]

type Taken = Pick<TransitionCount, 'transition' | 'count' | 'executions'>

/** How often an edge was taken and by how many executions; each branch of a split by itself, in their order. */
export async function takersOf(sql: Sql, edge: FlowEdge, period: Period): Promise<readonly Taken[]> {
  const branches = new Map<number | undefined, Takers>()
  for await (const { sid, execution_sid, changes } of takingsOf(sql, edge, period)) {
    const branch = changes === null ? undefined : JSON.parse(changes).transition
    const takers = branches.get(branch) ?? { steps: new Set(), executions: new Set() }
    takers.steps.add(sid)
    takers.executions.add(execution_sid)
    branches.set(branch, takers)
  }
  return [...branches]
    .sort(([one = -1], [other = -1]) => one - other)
    .map(([branch, { steps, executions }]) => ({
      ...(branch !== undefined && { transition: branch }),
      count: steps.size,
      executions: executions.size,
    }))
}

interface Takers {
  readonly steps: Set<string>
  readonly executions: Set<string>
}

interface TakingRow {
  sid: string
  execution_sid: string
  /** Of a branch of a split, else null. */
  changes: string | null
  created_at: number
}

/** The steps of an edge in the order of their time, some of them twice. */
async function* takingsOf(sql: Sql, edge: FlowEdge, { from = 0, to = Number.MAX_SAFE_INTEGER }: Period) {
  for (let since = from; ; ) {
    const rows = await sql.rows<TakingRow>(FIRST_TAKINGS, ...edge, since, to)
    yield* rows
    const last = rows.at(-1)?.created_at ?? since
    if (rows.length < PAGE) return
    if (last === since) yield* await sql.rows<TakingRow>(TAKINGS, ...edge, since, since) // all of a moment that fills a page
    since = last > since ? last : last + 1
    await breath()
  }
}

/** A page of them takes a few milliseconds. */
const PAGE = 250

const TAKINGS = `select sid, execution_sid, case name when 'match' then changes end as changes, created_at from steps
  where flow_sid = $1 and transitioned_from = $2 and name = $3 and transitioned_to = $4 and created_at between $5 and $6`

const FIRST_TAKINGS = `${TAKINGS} order by created_at limit ${PAGE}`

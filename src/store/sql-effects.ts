import { toColumn } from './column.ts'
import type { Sql } from './sql.ts'
import { claimed, ORPHANED } from './sql-ownership.ts'
import type { Store } from './store.ts'

/** What was asked for and is not yet known to be done, and who is at it. */
export function effectQueries(
  sql: Sql,
  instance: string,
): Pick<Store, 'pendingEffects' | 'claimEffect' | 'isUnderWayElsewhere'> {
  return {
    async pendingEffects() {
      const rows = await sql.rows<EffectRow>(
        `select id, execution_sid, step_sid, effect from effects where ${ORPHANED} order by created_at, execution_sid`,
      )
      return rows.map(({ id, execution_sid, step_sid, effect }) => ({
        id,
        executionSid: execution_sid,
        step: step_sid,
        effect: JSON.parse(effect),
      }))
    },
    claimEffect: ({ executionSid, id }) =>
      claimed(sql, instance, {
        table: 'effects',
        where: 'execution_sid = $1 and id = $2',
        key: [toColumn(executionSid), id],
      }),
    async isUnderWayElsewhere(executionSid) {
      const found = 'select 1 from effects where execution_sid = $1 and (instance is null or instance <> $2) limit 1'
      return (await sql.rows(found, toColumn(executionSid), instance)).length > 0
    },
  }
}

interface EffectRow {
  id: string
  execution_sid: string
  step_sid: string
  effect: string
}

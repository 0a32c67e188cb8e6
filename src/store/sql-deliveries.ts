import { fromColumn, toColumn } from './column.ts'
import { type Sql, type Statement, statement } from './sql.ts'
import type { SavedDelivery, Store } from './store.ts'

/** Answers given to webhooks. */
export function deliveryQueries(sql: Sql): Pick<Store, 'delivery' | 'keepDelivery' | 'forgetDeliveries'> {
  return {
    async delivery(flowSid, key) {
      const text = 'select execution_sid, answer, finished from deliveries where flow_sid = $1 and key = $2'
      const [row] = await sql.rows<DeliveryRow>(text, toColumn(flowSid), toColumn(key))
      return row && { flowSid, key, ...deliveryOf(row) }
    },
    keepDelivery: (delivery) => sql.commit([deliveryKept(delivery, Date.now())]),
    forgetDeliveries: (before) => sql.commit([statement('delete from deliveries where created_at < $1', before)]),
  }
}

interface DeliveryRow {
  execution_sid: string | null
  answer: string
  finished: number
}

function deliveryOf({ execution_sid, answer, finished }: DeliveryRow): Omit<SavedDelivery, 'flowSid' | 'key'> {
  return {
    ...(execution_sid !== null && { executionSid: fromColumn(execution_sid) }),
    answer: fromColumn(answer),
    finished: finished === 1,
  }
}

/** Writes an answer, or what it has grown to. */
export function deliveryKept({ flowSid, key, executionSid, answer, finished }: SavedDelivery, at: number): Statement {
  return statement(
    `insert into deliveries (flow_sid, key, execution_sid, answer, finished, created_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (flow_sid, key) do update
     set execution_sid = coalesce(excluded.execution_sid, deliveries.execution_sid), answer = excluded.answer, finished = excluded.finished`,
    toColumn(flowSid),
    toColumn(key),
    executionSid === undefined ? null : toColumn(executionSid),
    toColumn(answer),
    finished ? 1 : 0,
    at,
  )
}

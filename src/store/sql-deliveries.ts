import { fromColumn, toColumn } from './column.ts'
import { type Sql, type Statement, statement } from './sql.ts'
import type { AcknowledgedDelivery, SavedDelivery, Store, UnsentDelivery } from './store.ts'

type Queries =
  | 'delivery'
  | 'acknowledgedDeliveries'
  | 'keepDelivery'
  | 'unsentDeliveries'
  | 'markSent'
  | 'forgetDeliveries'
  | 'checkWritable'

/** Answers given to webhooks. */
export function deliveryQueries(sql: Sql): Pick<Store, Queries> {
  return {
    async delivery(flowSid, key) {
      const [row] = await deliveries(sql, 'flow_sid = $1 and key = $2', toColumn(flowSid), toColumn(key))
      return row
    },
    async acknowledgedDeliveries() {
      const found = await deliveries(sql, 'acknowledged is not null order by created_at, key')
      return found.filter((one): one is AcknowledgedDelivery => one.acknowledged !== undefined)
    },
    async unsentDeliveries() {
      const found = await deliveries(sql, 'unsent is not null order by created_at, key')
      return found.filter((one): one is UnsentDelivery => one.unsent !== undefined)
    },
    markSent: ({ flowSid, key }) => sql.commit([statement(SENT, toColumn(flowSid), toColumn(key))]),
    keepDelivery: (delivery) => sql.commit([deliveryKept(delivery, Date.now())]),
    checkWritable: () =>
      sql.commit([deliveryKept(NO_DELIVERY, 0), statement("delete from deliveries where flow_sid = '' and key = ''")]),
    forgetDeliveries: (before) => sql.commit([statement('delete from deliveries where created_at < $1', before)]),
  }
}

/** No flow and no webhook is named like that. */
const NO_DELIVERY = { flowSid: '', key: '', answer: '', finished: true } as const

const SENT = 'update deliveries set unsent = null where flow_sid = $1 and key = $2 and unsent is not null'

async function deliveries(
  sql: Sql,
  where: string,
  ...parameters: readonly string[]
): Promise<readonly SavedDelivery[]> {
  const text = `select flow_sid, key, execution_sid, answer, finished, acknowledged, unsent from deliveries where ${where}`
  return (await sql.rows<DeliveryRow>(text, ...parameters)).map(deliveryOf)
}

interface DeliveryRow {
  flow_sid: string
  key: string
  execution_sid: string | null
  answer: string
  finished: number
  acknowledged: string | null
  unsent: string | null
}

function deliveryOf({ flow_sid, key, execution_sid, answer, finished, ...json }: DeliveryRow): SavedDelivery {
  const { acknowledged, unsent } = json
  return {
    flowSid: fromColumn(flow_sid),
    key: fromColumn(key),
    ...(execution_sid !== null && { executionSid: fromColumn(execution_sid) }),
    answer: fromColumn(answer),
    finished: finished === 1,
    ...(acknowledged !== null && { acknowledged: JSON.parse(acknowledged) }),
    ...(unsent !== null && { unsent: JSON.parse(unsent) }),
  }
}

/** Writes an answer, or what it has grown to. */
export function deliveryKept(delivery: SavedDelivery, at: number): Statement {
  const { flowSid, key, executionSid, answer, finished, acknowledged, unsent } = delivery
  return statement(
    `insert into deliveries (flow_sid, key, execution_sid, answer, finished, acknowledged, unsent, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (flow_sid, key) do update
     set execution_sid = coalesce(excluded.execution_sid, deliveries.execution_sid), answer = excluded.answer, finished = excluded.finished, acknowledged = excluded.acknowledged, unsent = excluded.unsent`,
    toColumn(flowSid),
    toColumn(key),
    executionSid === undefined ? null : toColumn(executionSid),
    toColumn(answer),
    finished ? 1 : 0,
    acknowledged === undefined ? null : JSON.stringify(acknowledged),
    unsent === undefined ? null : JSON.stringify(unsent),
    at,
  )
}

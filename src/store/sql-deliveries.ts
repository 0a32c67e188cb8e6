import { fromColumn, toColumn } from './column.ts'
import { commitOnce } from './commit-once.ts'
import {
  type AcknowledgedDelivery,
  AlreadyDelivered,
  type SavedDelivery,
  type UnsentDelivery,
} from './saved-delivery.ts'
import { must, NothingTouched, type Sql, type Statement, statement } from './sql.ts'
import { claimed, ORPHANED } from './sql-ownership.ts'
import type { Store } from './store.ts'

type Queries =
  | 'delivery'
  | 'acknowledgedDeliveries'
  | 'keepDelivery'
  | 'unsentDeliveries'
  | 'markSent'
  | 'forgetDeliveries'
  | 'checkWritable'

/** Answers given to webhooks. */
export function deliveryQueries(sql: Sql, instance: string): Pick<Store, Queries> {
  return {
    async delivery(flowSid, key) {
      const [row] = await deliveries(sql, 'flow_sid = $1 and key = $2', toColumn(flowSid), toColumn(key))
      return row
    },
    async acknowledgedDeliveries() {
      const found = await deliveries(sql, `acknowledged is not null and ${ORPHANED} order by created_at, key`)
      return taken(
        sql,
        instance,
        found.filter((one): one is AcknowledgedDelivery => one.acknowledged !== undefined),
      )
    },
    async unsentDeliveries() {
      const found = await deliveries(sql, `unsent is not null and ${ORPHANED} order by created_at, key`)
      return taken(
        sql,
        instance,
        found.filter((one): one is UnsentDelivery => one.unsent !== undefined),
      )
    },
    markSent: ({ flowSid, key }) => sql.commit([statement(SENT, toColumn(flowSid), toColumn(key))]),
    keepDelivery: (delivery) => keepDelivery(sql, { ...delivery, instance }),
    async checkWritable() {
      await sql.commit([deliveryKept({ ...NO_DELIVERY, instance }, 0)])
      await sql.commit([statement("delete from deliveries where flow_sid = '' and key = ''")])
    },
    forgetDeliveries: (before) => forget(sql, before),
  }
}

/** No flow and no webhook is named like that. */
const NO_DELIVERY = { flowSid: '', key: '', answer: '', finished: true } as const

const SENT = 'update deliveries set unsent = null where flow_sid = $1 and key = $2 and unsent is not null'

/** Few at a time, so that callers do not notice. */
async function forget(sql: Sql, before: number): Promise<void> {
  const found = 'select created_at from deliveries where created_at < $1 order by created_at limit 1 offset $2'
  for (;;) {
    const [last] = await sql.rows<{ created_at: number }>(found, before, BATCH)
    await sql.commit([statement('delete from deliveries where created_at < $1', last ? last.created_at + 1 : before)])
    if (!last) return
  }
}

const BATCH = 1_000

/** Those that nobody else has taken over. */
async function taken<Kept extends SavedDelivery>(sql: Sql, instance: string, found: readonly Kept[]): Promise<Kept[]> {
  const own: Kept[] = []
  for (const one of found) {
    const key = [toColumn(one.flowSid), toColumn(one.key)]
    if (await claimed(sql, instance, { table: 'deliveries', where: 'flow_sid = $1 and key = $2', key })) own.push(one)
  }
  return own
}

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

/** A delivery, and the instance that keeps it. */
type Owned = SavedDelivery & { readonly instance: string }

async function keepDelivery(sql: Sql, delivery: Owned): Promise<void> {
  const { flowSid, key, instance } = delivery
  const found = 'select 1 from deliveries where flow_sid = $1 and key = $2 and instance = $3'
  const isWritten = async () => (await sql.rows(found, toColumn(flowSid), toColumn(key), instance)).length > 0
  try {
    await commitOnce(sql, [deliveryKept(delivery, Date.now())], isWritten)
  } catch (error) {
    throw error instanceof NothingTouched ? new AlreadyDelivered(delivery) : error
  }
}

/** Whether another instance keeps an answer. */
export async function isKeptElsewhere(
  sql: Sql,
  { flowSid, key, instance }: Omit<Owned, 'answer' | 'finished'>,
): Promise<boolean> {
  const found = 'select 1 from deliveries where flow_sid = $1 and key = $2 and (instance is null or instance <> $3)'
  return (await sql.rows(found, toColumn(flowSid), toColumn(key), instance)).length > 0
}

/** Writes an answer, or what it has grown to; of one that is new nothing may be kept by another instance. */
export function deliveryKept(delivery: Owned, at: number): Statement {
  const { flowSid, key, executionSid, answer, finished, acknowledged, unsent, instance, isNew } = delivery
  const write = isNew ? must : statement
  return write(
    `insert into deliveries (flow_sid, key, execution_sid, answer, finished, acknowledged, unsent, created_at, instance) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ${GROWN}${isNew ? UNLESS_TAKEN : ''}`,
    toColumn(flowSid),
    toColumn(key),
    executionSid === undefined ? null : toColumn(executionSid),
    toColumn(answer),
    finished ? 1 : 0,
    acknowledged === undefined ? null : JSON.stringify(acknowledged),
    unsent === undefined ? null : JSON.stringify(unsent),
    at,
    instance,
  )
}

const GROWN = `on conflict (flow_sid, key) do update
     set execution_sid = coalesce(excluded.execution_sid, deliveries.execution_sid), answer = excluded.answer, finished = excluded.finished, acknowledged = excluded.acknowledged, unsent = excluded.unsent, instance = excluded.instance`

/** An answer that takes long is kept while the save of what led to it may still be on its way. */
const UNLESS_TAKEN = ' where deliveries.instance = excluded.instance'

import Database from 'better-sqlite3'
import { stop } from './contender.ts'
import { send } from './load.ts'
import { databaseFile, folderWithLoop, startOurs } from './ours.ts'
import { type CallUnderWay, calling, FLOW_PATH } from './talk.ts'
import { callForm } from './webhooks.ts'

/** How many executions a database has, and how many of them are calls that wait for a key. */
export interface Stock {
  readonly executions: number
  readonly waiting: number
}

/** A folder whose database has so many executions, with the steps of their walks, and the calls that go on. */
export async function stored(stock: Stock): Promise<{ readonly folder: string; readonly calls: CallUnderWay[] }> {
  const folder = folderWithLoop()
  const path = await oneCall(folder)
  fill(databaseFile(folder), stock)
  const numbers = Array.from({ length: stock.waiting }, (_, index) => index + 1)
  return {
    folder,
    calls: scattered(numbers).map((n) => ({ form: callForm(callSid(n), CONTACT), path, presses: PRESSES + 1 })),
  }
}

const PRESSES = 2
const CONTACT = '+15550000001'

/** The sid of the n-th call: in no order, and each another. */
function callSid(n: number): string {
  return `CA${String((n * STRIDE) % PRIME).padStart(32, '0')}`
}

const STRIDE = 7_919
const PRIME = 15_485_863

/** Has one call wait at a prompt, of which the others are copies; gives the path to which its keys go. It has pressed some already: what it keeps is as large as it gets. */
async function oneCall(folder: string): Promise<string> {
  const ours = await startOurs(folder)
  const first = calling(ours.origin, { form: callForm(callSid(0), CONTACT), path: FLOW_PATH, presses: 0 })
  await send({ origin: ours.origin, talks: [first], connections: 1 }, 1 + PRESSES)
  await stop(ours)
  return first.next().path
}

/** Copies the one there is; those that have ended are the older ones, and each has its last step. Their sids come in no order, as real ones do: pages of an index that are filled in order are full, and each first step would split some. */
function fill(file: string, { executions, waiting }: Stock): void {
  const database = new Database(file)
  database.exec(`pragma synchronous = off;
    create temp table numbers as with recursive counted (n) as (select 1 union all select n + 1 from counted where n < ${executions})
      select n, 'FN' || lower(hex(randomblob(16))) as sid, 'CA' || printf('%032d', n * ${STRIDE} % ${PRIME}) as call,
        case when n <= ${waiting} then 'active' else 'ended' end as status from counted;
    create temp table model as select * from executions;
    create temp table walked as select * from steps order by position desc limit 1;
    insert into executions (sid, call_sid, initiated_by, status, due_at, document, created_at, last_step_at, ${SAME})
      select numbers.sid, call, call, numbers.status, iif(numbers.status = 'active', due_at, null), ${DOCUMENT}, created_at - n, created_at - n, ${SAME}
      from numbers, model;
    insert into steps (execution_sid, sid, created_at, previous_at, ${SAME_STEP})
      select numbers.sid, 'FT' || printf('%032d', n), created_at - n, -1, ${SAME_STEP} from numbers, walked;
    pragma wal_checkpoint(truncate)`)
  database.close()
}

const SAME = 'flow_sid, channel, contact, address, version, updated_at, contact_address'
const SAME_STEP = 'position, flow_sid, parent_step_sid, name, type, transitioned_from, transitioned_to, changes'
const DOCUMENT =
  "json_set(document, '$.sid', numbers.sid, '$.call.sid', call, '$.initiatedBy', call, '$.status', numbers.status)"

/** In an order in which neighbours of the database are far apart, as callers are. */
function scattered(numbers: readonly number[]): readonly number[] {
  return numbers.map((_, index) => numbers[(index * STRIDE) % numbers.length] ?? 0)
}

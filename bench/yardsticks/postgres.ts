import pg from 'pg'
import { answering } from './answering.ts'
import { anyone, DOCUMENT, moved, newStep, SIDS, STEP, TABLES } from './rows.ts'

// p2: PostgreSQL, two round trips and one synced commit a webhook.
const pool = new pg.Pool({ connectionString: process.argv[2], max: 10, options: '-c search_path=yardstick' })
await pool.query('create schema yardstick') // ours has tables of the same names
for (const table of TABLES) await pool.query(table)
await pool.query('insert into executions select unnest($1::text[]), $2, 1', [SIDS, DOCUMENT])

const READ = { name: 'read', text: 'select document from executions where sid = $1' }
const WRITE = {
  name: 'write',
  text: `with updated as (update executions set document = $2, version = version + 1 where sid = $1)
    insert into steps values ($3, $4)`,
}
await answering(async () => {
  const sid = anyone()
  const { rows } = await pool.query<{ document: string }>({ ...READ, values: [sid] })
  await pool.query({ ...WRITE, values: [sid, moved(rows[0]?.document ?? '{}'), newStep(), STEP] })
})

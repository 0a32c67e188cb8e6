import { must, statement } from '../../src/store/sql.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { answering } from './answering.ts'
import { anyone, DOCUMENT, moved, newStep, SIDS, STEP, TABLES } from './rows.ts'

// c2: the commits of the webhooks that wait at the same time are one synced SQLite transaction.
const sql = openSqlite(process.argv[2] ?? ':memory:')
await sql.commit(TABLES.map((table) => statement(table)))
await sql.commit(SIDS.map((sid) => statement('insert into executions values ($1, $2, 1)', sid, DOCUMENT)))

await answering(async () => {
  const sid = anyone()
  const [row] = await sql.rows<{ document: string }>('select document from executions where sid = $1', sid)
  await sql.commit([
    must(
      'update executions set document = $2, version = version + 1 where sid = $1',
      sid,
      moved(row?.document ?? '{}'),
    ),
    statement('insert into steps values ($1, $2)', newStep(), STEP),
  ])
})

import Database from 'better-sqlite3'
import { answering } from './answering.ts'
import { anyone, DOCUMENT, moved, newStep, SIDS, STEP, TABLES } from './rows.ts'

// b2: one synced SQLite transaction a webhook: read, update, insert.
const database = new Database(process.argv[2])
database.exec('pragma journal_mode = wal; pragma synchronous = full')
for (const table of TABLES) database.exec(table)
const fill = database.prepare('insert into executions values (?, ?, 1)')
database.transaction(() => SIDS.forEach((sid) => void fill.run(sid, DOCUMENT)))()

const read = database.prepare<[string], { document: string }>('select document from executions where sid = ?')
const update = database.prepare('update executions set document = ?, version = version + 1 where sid = ?')
const insert = database.prepare('insert into steps values (?, ?)')
const step = database.transaction((sid: string) => {
  update.run(moved(read.get(sid)?.document ?? '{}'), sid)
  insert.run(newStep(), STEP)
})
await answering(() => step.immediate(anyone()))

import { type Sql, type SqlValue, type Statement, statement } from './sql.ts'

/** All that outlives processes: tables with their keys, each behind those that it refers to. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  flows: ['sid'],
  revisions: ['flow_sid', 'revision'],
  test_users: ['flow_sid', 'position'],
  executions: ['sid'],
  steps: ['created_at', 'execution_sid', 'position'],
  warnings: ['execution_sid', 'version', 'position'],
  events: ['execution_sid', 'version'],
  effects: ['execution_sid', 'id'],
  deliveries: ['flow_sid', 'key'],
}

/** Whether nothing is kept in a database yet. */
export async function isEmpty(database: Sql): Promise<boolean> {
  const found = await Promise.all(Object.keys(TABLES).map((table) => database.rows(`select 1 from ${table} limit 1`)))
  return found.every(({ length }) => length === 0)
}

/** Copies everything from one database to another one with the same tables; tells of each table how many rows it had. */
export async function copyAll(from: Sql, to: Sql, tell: (table: string, rows: number) => void): Promise<void> {
  for (const [table, key] of Object.entries(TABLES)) {
    let rows = 0
    for await (const page of pagesOf(from, table, key)) {
      await to.commit(page.map((row) => inserted(table, row)))
      rows += page.length
    }
    tell(table, rows)
  }
}

type Row = Readonly<Record<string, SqlValue>>

/** A table in the order of its key, a few rows at a time. */
async function* pagesOf(database: Sql, table: string, key: readonly string[]): AsyncGenerator<readonly Row[]> {
  const order = `order by ${key.join(', ')} limit ${PAGE}`
  const beyond = `where (${key.join(', ')}) > (${key.map((_, index) => `$${index + 1}`).join(', ')})`
  let page = await database.rows<Row>(`select * from ${table} ${order}`)
  for (let last = page.at(-1); last; last = page.at(-1)) {
    yield page
    const place = last
    page = await database.rows<Row>(`select * from ${table} ${beyond} ${order}`, ...key.map((column) => place[column] ?? null)) // biome-ignore format: one question
  }
}

const PAGE = 500

/** To be done twice where an answer gets lost. */
function inserted(table: string, row: Row): Statement {
  const columns = Object.keys(row)
  const places = columns.map((_, index) => `$${index + 1}`)
  const text = `insert into ${table} (${columns.join(', ')}) values (${places.join(', ')}) on conflict do nothing`
  return statement(text, ...Object.values(row))
}

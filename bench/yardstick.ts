import { randomBytes } from 'node:crypto'
import { fastify } from 'fastify'
import { must, statement } from '../src/store/sql.ts'
import { openSqlite } from '../src/store/sqlite.ts'

/** What a webhook costs without a flow engine: `static` answers TwiML at once, `commit` reads, updates and inserts in one grouped and synced transaction first. */
const [kind = 'static', path = ':memory:'] = process.argv.slice(2)

const server = fastify()
server.removeAllContentTypeParsers()
server.addContentTypeParser(
  'application/x-www-form-urlencoded',
  { parseAs: 'string' },
  async (_request: unknown, text: string) => Object.fromEntries(new URLSearchParams(text)),
)
const answer = `<?xml version="1.0" encoding="UTF-8"?><Response><Gather action="http://127.0.0.1/flows/loop?step=1"><Say>Press 1</Say></Gather></Response>`
const DOCUMENT = JSON.stringify({
  widgets: Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [
      `widget_${index}`,
      { Digits: '1', CallStatus: 'in-progress', From: '+15550001', To: '+15550002' },
    ]),
  ),
})

const work = kind === 'commit' ? await committing(path) : async () => undefined
server.post('/flows/loop', async (_request, reply) => {
  await work()
  return reply.type('text/xml').send(answer)
})
console.log(await server.listen({ port: 0, host: '127.0.0.1' }))

async function committing(file: string): Promise<() => Promise<void>> {
  const sql = openSqlite(file)
  await sql.commit([
    statement('create table if not exists executions (sid text primary key, document text, version integer)'),
    statement('create table if not exists steps (sid text primary key, document text)'),
  ])
  const sids = Array.from({ length: 1000 }, (_, index) => `FN${index}`)
  await sql.commit(
    sids.map((sid) =>
      statement('insert into executions values ($1, $2, 1) on conflict (sid) do nothing', sid, DOCUMENT),
    ),
  )
  return async () => {
    const sid = sids[Math.floor(Math.random() * sids.length)] ?? ''
    const [row] = await sql.rows<{ document: string }>('select document from executions where sid = $1', sid)
    const document = JSON.stringify(JSON.parse(row?.document ?? '{}'))
    await sql.commit([
      must('update executions set document = $2, version = version + 1 where sid = $1', sid, document),
      statement('insert into steps values ($1, $2)', `FT${randomBytes(16).toString('hex')}`, '{"Digits":"1"}'),
    ])
  }
}

import { join } from 'node:path'
import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { migrateStore } from '../../src/commands/migrate-store.ts'
import { sqliteStore } from '../../src/store/sqlite.ts'
import { flow } from '../support/flow.ts'
import { newDatabase } from '../support/postgres/databases.ts'
import { postgresUrl } from '../support/postgres/of-this-run.ts'
import { post, run } from '../support/process.ts'
import { folderOf, message } from '../support/server.ts'

const server = await postgresUrl()

test.skipIf(server === undefined)(
  'a conversation under way goes on when its server moves from a file to PostgreSQL, and back',
  async () => {
    const folder = folderOf({ asking: ASKING })
    const [file, again] = [`sqlite:${join(folder, 'one.db')}`, `sqlite:${join(folder, 'two.db')}`]
    const url = await newDatabase(server ?? '')

    expect(await text(folder, file, 'one')).toContain('What is your name?')
    await migrateStore({ from: file, to: url }, NOWHERE)
    expect(await text(folder, url, 'Ann')).toContain('How old are you, Ann?')
    await migrateStore({ from: url, to: again }, NOWHERE)
    expect(await text(folder, again, '40')).toContain('Ann is 40.')
  },
)

test('a database is not copied onto itself, however it is written', async () => {
  const folder = folderOf({})
  await (await sqliteStore(join(folder, 'one.db'))).close()
  const databases = { from: `sqlite:${folder}/one.db`, to: `sqlite:${folder}/./one.db` }
  await expect(migrateStore(databases, NOWHERE)).rejects.toThrow('--from and --to name the same database')
})

/** Starts a server, texts it, gives its answer, and stops it. */
async function text(folder: string, DATABASE_URL: string, Body: string): Promise<string> {
  const running = await run(folder, { FLOWS_DIR: folder, DATABASE_URL })
  const answer = await post(`${running.origin}/flows/asking`, message({ MessageSid: `SM${Body}`, Body }))
  expect(await running.stop('SIGTERM')).toBe(0)
  return answer
}

const NOWHERE = new Writable({ write: (_chunk, _encoding, done) => done() })

const ASKING = flow({
  Trigger: { type: 'trigger', exits: { incomingMessage: 'name' } },
  name: asking('What is your name?', 'age'),
  age: asking('How old are you, {{widgets.name.inbound.Body}}?', 'tell'),
  tell: {
    type: 'send-message',
    properties: {
      body: '{{widgets.name.inbound.Body}} is {{widgets.age.inbound.Body}}.',
      from: '{{flow.channel.address}}',
      to: '{{contact.channel.address}}',
    },
    exits: { sent: null },
  },
})

function asking(body: string, incomingMessage: string) {
  return {
    type: 'send-and-wait-for-reply',
    properties: { body, from: '{{flow.channel.address}}' },
    exits: { incomingMessage },
  }
}

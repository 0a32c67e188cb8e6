import { type ExecFileException, execFile } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { flow } from '../support/flow.ts'
import { post, run } from '../support/process.ts'
import { folderOf, message } from '../support/server.ts'

const ASKING = flow({
  Trigger: { type: 'trigger', exits: { incomingMessage: 'ask' } },
  ask: {
    type: 'send-and-wait-for-reply',
    properties: { from: '{{flow.channel.address}}', body: 'Well?' },
    exits: { incomingMessage: 'thank' },
  },
  thank: {
    type: 'send-message',
    properties: { from: '{{flow.channel.address}}', to: '{{contact.channel.address}}', body: 'Thanks' },
  },
})

test('a backup of a server at work has all that was answered before it, and a server goes on from it', async () => {
  const folder = folderOf({ asking: ASKING })
  const [file, copy] = [join(folder, 'kept.db'), join(folder, 'copy.db')]
  const settings = { FLOWS_DIR: folder, DATABASE_URL: `sqlite:${file}` }
  const server = await run(folder, settings)
  const write = (n: number) => post(`${server.origin}/flows/asking`, text(n))
  for (let n = 0; n < 20; n += 1) expect(await write(n)).toContain('Well?')

  const load = Array.from({ length: 60 }, (_, index) => write(20 + index))
  const { code, stdout } = await backup(copy, folder, settings)
  await Promise.all(load)
  await server.stop('SIGTERM')

  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(`${copy}: `) })
  const other = await run(folder, { ...settings, DATABASE_URL: `sqlite:${copy}` })
  for (let n = 0; n < 20; n += 1)
    expect(await post(`${other.origin}/flows/asking`, text(n, 'reply'))).toContain('Thanks')
})

test('a database on a server is left to the backups that the server has', async () => {
  const folder = folderOf({})
  const { code, stderr } = await backup(join(folder, 'copy.db'), folder, { DATABASE_URL: 'postgres://u:pass@db/x' })
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('pg_dump') })
  expect(stderr).not.toContain('pass')
})

test('a backup overwrites nothing, and leaves nothing behind where it fails', async () => {
  const folder = folderOf({})
  const settings = { DATABASE_URL: `sqlite:${join(folder, 'kept.db')}` }
  const taken = join(folder, 'taken')
  writeFileSync(taken, 'precious')
  expect(await backup(join(folder, 'new'), folder, settings)).toMatchObject({
    code: 1,
    stderr: `there is no database "${join(folder, 'kept.db')}"\n`,
  })

  await (await run(folder, settings)).stop('SIGTERM')

  expect(await backup(taken, folder, settings)).toMatchObject({
    code: 1,
    stderr: `"${taken}" exists, and is not overwritten\n`,
  })
  expect(readFileSync(taken, 'utf8')).toBe('precious')
  for (const nowhere of [join(folder, 'none/copy.db'), join(taken, 'copy.db')]) {
    const { stderr } = await backup(nowhere, folder, settings)
    expect(stderr).toMatch(/^".*copy\.db" cannot be opened for writing: .*\n$/) // the copy, not the database
  }
  expect(readdirSync(folder).filter((name) => /part|new/.test(name))).toEqual([])
})

function text(n: number, kind = 'first'): Record<string, string> {
  return message({ MessageSid: `SM${kind}${n}`, From: `+1555100${n}` })
}

function backup(file: string, folder: string, settings: Record<string, string>) {
  const { PATH = '' } = process.env
  const words = ['--import', 'tsx', 'src/cli.ts', 'backup', file, folder]
  return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    const told = (error: ExecFileException | null, stdout: string, stderr: string) =>
      resolve({ code: error?.code ?? 0, stdout, stderr })
    execFile(process.execPath, words, { env: { PATH, ...settings } }, told)
  })
}

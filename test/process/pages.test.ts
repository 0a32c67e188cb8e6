import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { blocksOf } from '../docs/pages.ts'
import { postgresUrl } from '../support/postgres/of-this-run.ts'
import { post, run } from '../support/process.ts'
import { exampleFolder } from '../support/project.ts'
import { call } from '../support/server.ts'
import { TRUNKLINE, typed } from '../support/shell.ts'

const ACCOUNT = `AC${'0'.repeat(32)}`
const CREDENTIALS = { TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_AUTH_TOKEN: 'dev' }

test('the commands of docs/api.md search, take an execution along and play it again, and listen', async () => {
  const folder = exampleFolder()
  const { origin } = await run(folder)
  await post(`${origin}/flows/menu`, call())
  const [sid = ''] = await executionsAt(origin)
  const commands = blocksOf('docs/api.md', 'sh')
    .join('')
    .replaceAll('-u …', `-u ${ACCOUNT}:dev`)
    .replaceAll('FN…', sid)
    .replace(/^curl -N .*$/m, 'timeout 3 $& || test $? -eq 124')

  const stdout = await typed(commands, { cwd: folder, origin, env: CREDENTIALS })

  expect(stdout).toContain('"openapi":"3.1.0"')
  expect(stdout).toContain(`{"executions":[{"sid":"${sid}"`)
  expect(stdout).toContain('It goes the same way as recorded.')
}, 60_000)

test('docs/functions.md: its tree is served as it says, its function answers, and its signature opens the door', async () => {
  const folder = exampleFolder()
  const [tree = ''] = blocksOf('docs/functions.md', '')
  const [echo = ''] = blocksOf('docs/functions.md', 'js')
  const rows = [...tree.matchAll(/^((?:functions|assets)\/\S.*?\.\w+) +→ (no address|\/\S+) +(.*)$/gm)]
  for (const [, file = ''] of rows) written(join(folder, file), echo)
  written(join(folder, 'functions/example.js'), echo)
  const { origin } = await run(folder)

  const statusOf = async (path: string) => (await fetch(`${origin}${path}`)).status
  const found = rows.map(async ([, file = '', path = '', who = '']) => {
    if (path !== 'no address') return [who, await statusOf(path)]
    return [who, await statusOf(file.replace(/^\w+/, '').replace('.private.', '.'))]
  })
  const expected = { anyone: 200, 'only who signs as Twilio does': 403, 'only who signs': 403 }
  for (const [who, status] of await Promise.all(found))
    expect([who, status]).toEqual([who, new Map(Object.entries(expected)).get(String(who)) ?? 404])
  expect(rows.length).toBeGreaterThan(5)
  expect(await (await fetch(`${origin}/example?order=7`)).json()).toMatchObject({ order: '7', from: 'node' })
  const hold = blocksOf('docs/functions.md', 'sh').join('')
  expect(await typed(hold, { cwd: folder, origin })).not.toContain('20403')
}, 60_000)

test('the sids.json of docs/moving-from-studio.md leads where it says', async () => {
  const folder = exampleFolder()
  const [sids = ''] = blocksOf('docs/moving-from-studio.md', 'json')
  writeFileSync(join(folder, 'flows/sids.json'), sids)
  rmSync(join(folder, 'flows/order-line.json')) // is named by the sids.json that this one takes the place of

  const { origin, output } = await run(folder)

  expect(output.filter((line) => line.includes('sids.json'))).toEqual([])
  const [pinned = ''] = Object.keys(JSON.parse(sids))
  expect(output.find((line) => line.includes('/flows/survey'))).toContain(pinned)
  const text = { MessageSid: 'SM1', From: '+15550001', To: '+15550002', Body: 'hello' }
  expect(await post(`${origin}/v1/Accounts/${ACCOUNT}/Flows/${pinned}`, text)).toContain('<Message')
}, 60_000)

test.each(['docs/deploying.md', 'docs/operations.md'])(
  'the backup of %s is a database that can be served',
  async (page) => {
    const folder = exampleFolder()
    const running = await run(folder)
    await post(`${running.origin}/flows/menu`, call())
    const [backup = '', ...others] = blocksOf(page, 'sh').filter((block) => !block.startsWith('docker '))
    expect(others).toEqual([])

    await typed(backup.replace('/backups/', `${folder}/`), { cwd: folder })
    await running.stop('SIGTERM')

    const { origin } = await run(folder, { DATABASE_URL: `sqlite:${folder}/trunkline.db` })
    expect(await executionsAt(origin)).toHaveLength(1)
  },
  60_000,
)

test('the commands of docs/scenarios.md play, report and record', async () => {
  const folder = exampleFolder()
  for (const place of ['test/scenarios', 'other/folder']) {
    mkdirSync(join(folder, place), { recursive: true })
    cpSync('test/scenarios/menu.yaml', join(folder, place, 'menu.yaml'))
  }

  const stdout = await typed(blocksOf('docs/scenarios.md', 'sh').join(''), { cwd: folder })

  expect(stdout).toContain('all passed')
  expect(existsSync(join(folder, 'report.xml'))).toBe(true)
  expect(existsSync(join(folder, 'test/scenarios/mine.yaml'))).toBe(true)
}, 60_000)

const server = await postgresUrl()
const hasClient = spawnSync('createdb', ['--version']).status === 0
if (!hasClient) console.warn('\nSKIPPED: the commands of docs/scaling.md, for createdb is not here\n')

test.skipIf(server === undefined || !hasClient)(
  'the commands of docs/scaling.md go over to PostgreSQL',
  async () => {
    const { username, password, hostname, port } = new URL(server ?? '')
    const env = {
      PGHOST: hostname,
      PGPORT: port,
      PGUSER: username,
      PGPASSWORD: decodeURIComponent(password),
      PORT: '0',
    }
    const commands = blocksOf('docs/scaling.md', 'sh')
      .join('')
      .replace(/^npm install pg.*$/m, `${stopped('serve')}\n$&`) // so that there is a file to go over with
      .replace(/^npm install pg/m, 'npm --version # ') // pg is here already
      .replace('trunkline:PASSWORD@db.example:5432', `${username}:${password}@${hostname}:${port}`)
      .replace(/^trunkline serve$/m, ':') // would fill what has to be empty
      .replace(/^trunkline migrate-store/m, `${TRUNKLINE} migrate-store`)

    const stdout = await typed(`${commands}\n${stopped('serve')}\ndropdb trunkline`, { cwd: exampleFolder(), env })

    expect(stdout).toMatch(/Trunkline answers on[\s\S]*Trunkline answers on/)
  },
  120_000,
)

async function executionsAt(origin: string): Promise<readonly string[]> {
  const headers = { authorization: `Basic ${btoa(`${ACCOUNT}:dev`)}` }
  const answer = await fetch(`${origin}/api/executions`, { headers })
  return Listed.parse(await answer.json()).executions.map(({ sid }) => sid)
}

const Listed = z.object({ executions: z.array(z.object({ sid: z.string() })) })

function stopped(command: string): string {
  return `timeout 8 ${TRUNKLINE} ${command} || test $? -eq 124`
}

function written(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  if (!existsSync(file)) writeFileSync(file, text)
}

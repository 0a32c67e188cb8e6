import { execFile, spawnSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { blocksOf, pages } from '../docs/pages.ts'
import { run } from '../support/process.ts'
import { folderOf } from '../support/server.ts'

const TRUNKLINE = `${process.execPath} --import ${import.meta.resolve('tsx')} ${join(process.cwd(), 'src/cli.ts')}`

test('every command of docs/commands.md does what it says, one after the other in a folder with the example flows', async () => {
  const folder = folderOf({})
  cpSync('flows', join(folder, 'flows'), { recursive: true })
  cpSync('flows/menu.json', join(folder, 'old.json'))
  cpSync('flows/menu.json', join(folder, 'new.json'))
  const { origin } = await run(folder)
  const commands = blocksOf('docs/commands.md', 'sh')
    .join('')
    .replaceAll('npx trunkline', TRUNKLINE)
    .replaceAll('http://127.0.0.1:3000', origin)

  const { PATH = '' } = process.env
  const options = { cwd: folder, env: { PATH, HOME: folder, PORT: new URL(origin).port } }
  const { stdout } = await promisify(execFile)('sh', ['-euc', `git init -q\n${commands}`], options)

  expect(stdout).toContain('flowchart TD')
  expect(stdout).toContain('flows/menu.json: unchanged')
  expect(stdout).toMatch(/ok +address: a Trunkline answers at/)
  expect(stdout).toContain('made my-phones/flows/welcome.json')
}, 240_000)

test('the commands of docs/moving-from-studio.md bring the flows of an account here and call one', async () => {
  const folder = folderOf({})
  const account = folderOf({})
  cpSync('flows', join(account, 'flows'), { recursive: true })
  const { origin } = await run(account)
  const commands = blocksOf('docs/moving-from-studio.md', 'sh').join('').replaceAll('npx trunkline', TRUNKLINE)

  const { PATH = '' } = process.env
  const env = { PATH, TWILIO_API_URL: origin, TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'dev' }
  const { stdout } = await promisify(execFile)('sh', ['-euc', commands], { cwd: folder, env })

  expect(stdout).toContain('flows/menu.json: new')
  expect(stdout).toMatch(/\d+ files, 0 errors/)
  expect(stdout).toContain('Welcome. For our opening hours, press 1.')
}, 240_000)

test.each([...pages.keys()])('%s: what is shown of shells and YAML can be read', (path) => {
  for (const block of blocksOf(path, 'yaml')) expect(() => parse(block)).not.toThrow()
  for (const block of blocksOf(path, 'sh')) expect(spawnSync('sh', ['-nc', block]).status).toBe(0)
})

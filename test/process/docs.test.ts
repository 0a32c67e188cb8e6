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

test.each([
  ['docs/testing.md', '1 scenario, all passed'],
  ['docs/flows-in-git.md', 'flowchart TD'],
])(
  'the commands of %s do what they say in a folder of `trunkline init`',
  async (page, said) => {
    const folder = folderOf({})
    const [closing = ''] = blocksOf(page, 'yaml').filter((block) => block.includes('flow: ../flows/welcome.json'))
    const commands = blocksOf(page, 'sh').join('').replaceAll('npx trunkline', TRUNKLINE)
    const story = closing && `cat > scenarios/closing.yaml <<'END'\n${closing}END\n`
    const script = `${TRUNKLINE} init .\n${story}${commands}\n${story && `${TRUNKLINE} test scenarios/closing.yaml`}`

    const { PATH = '' } = process.env
    const { stdout } = await promisify(execFile)('sh', ['-euc', script], { cwd: folder, env: { PATH, HOME: folder } })

    expect(stdout).toContain(said)
  },
  240_000,
)

test('the other scenario of docs/testing.md passes, too', async () => {
  const folder = folderOf({})
  cpSync('flows', join(folder, 'flows'), { recursive: true })
  const [, away = ''] = blocksOf('docs/testing.md', 'yaml')
  const script = `mkdir scenarios && cat > scenarios/away.yaml && ${TRUNKLINE} test`

  const { status, stdout } = spawnSync('sh', ['-euc', script], { cwd: folder, input: away, encoding: 'utf8' })

  expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining('1 scenario, ') })
}, 60_000)

test.each([...pages.keys()])('%s: what is shown of shells and YAML can be read', (path) => {
  for (const block of blocksOf(path, 'yaml')) expect(() => parse(block)).not.toThrow()
  for (const block of blocksOf(path, 'sh')) expect(spawnSync('sh', ['-nc', block]).status).toBe(0)
})

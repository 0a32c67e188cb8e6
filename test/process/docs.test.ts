import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { blocksOf, pages } from '../docs/pages.ts'
import { run } from '../support/process.ts'
import { folderOf } from '../support/server.ts'
import { typed } from '../support/shell.ts'

test('every command of docs/commands.md does what it says, one after the other in a folder with the example flows', async () => {
  const folder = folderOf({})
  cpSync('flows', join(folder, 'flows'), { recursive: true })
  cpSync('flows/menu.json', join(folder, 'old.json'))
  cpSync('flows/menu.json', join(folder, 'new.json'))
  const { origin } = await run(folder)
  const commands = blocksOf('docs/commands.md', 'sh').join('')

  const env = { PORT: new URL(origin).port }
  const stdout = await typed(`git init -q\n${commands}`, { cwd: folder, origin, env })

  expect(stdout).toContain('flowchart TD')
  expect(stdout).toContain('flows/menu.json: unchanged')
  expect(stdout).toMatch(/ok +address: a Trunkline answers at/)
  expect(stdout).toContain('made my-phones/flows/welcome.json')
}, 240_000)

test.each([
  ['docs/testing.md', '1 scenario, all passed'],
  ['docs/flows-in-git.md', 'flowchart TD'],
])(
  'the commands of %s do what they say in a folder of `trunkline init`',
  async (page, said) => {
    const folder = folderOf({})
    const [closing = ''] = blocksOf(page, 'yaml').filter((block) => block.includes('flow: ../flows/welcome.json'))
    const commands = blocksOf(page, 'sh').join('')
    const story = closing && `cat > scenarios/closing.yaml <<'END'\n${closing}END\n`
    const script = `npx trunkline init .\n${story}${commands}\n${story && 'npx trunkline test scenarios/closing.yaml'}`

    expect(await typed(script, { cwd: folder })).toContain(said)
  },
  240_000,
)

test('the other scenario of docs/testing.md passes, too', async () => {
  const folder = folderOf({})
  cpSync('flows', join(folder, 'flows'), { recursive: true })
  const [, away = ''] = blocksOf('docs/testing.md', 'yaml')
  mkdirSync(join(folder, 'scenarios'))
  writeFileSync(join(folder, 'scenarios/away.yaml'), away)

  expect(await typed('npx trunkline test', { cwd: folder })).toContain('1 scenario, all passed')
}, 60_000)

test.each([...pages.keys()])('%s: what is shown of shells and YAML can be read', (path) => {
  for (const block of blocksOf(path, 'yaml')) expect(() => parse(block)).not.toThrow()
  for (const block of blocksOf(path, 'sh')) expect(spawnSync('sh', ['-nc', block]).status).toBe(0)
})

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run } from '../support/process.ts'
import { exampleFolder } from '../support/project.ts'
import { folderOf } from '../support/server.ts'
import { typed } from '../support/shell.ts'

const README = readFileSync('README.md', 'utf8')
const ACCOUNT = `AC${'0'.repeat(32)}`

/** The blocks of a language under a heading of the README. */
function blocksUnder(heading: string, language: string): readonly string[] {
  const section = README.split(/^## /m).find((part) => part.startsWith(heading)) ?? ''
  const blocks = section.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)
  return [...blocks].flatMap(([, written, block = '']) => (written === language ? [block] : []))
}

function commandsUnder(heading: string): string {
  return blocksUnder(heading, 'sh').join('')
}

/** What the README shows of an output, line by line, without the milliseconds. */
function shown(block: string): string[] {
  return block.trimEnd().split('\n').map(timeless)
}

function timeless(text: string): string {
  return text.replaceAll(/ {2}\(\d+ ms\)/g, '')
}

test('no heading of the README has commands but those whose are typed here', () => {
  const withCommands = README.split(/^## /m).filter((part) => part.includes('```sh\n'))
  expect(withCommands.map((part) => part.split('\n', 1)[0])).toEqual(TYPED)
  expect(blocksUnder('Test a flow', 'sh')).toHaveLength(2)
})

const TYPED = [
  'Start',
  'Talk to a flow',
  'Test a flow',
  'Move from Studio',
  'Check flows',
  'Functions and assets',
  "Use Studio's REST API",
  'Test Trunkline',
]

test('the README’s commands talk to the example flows', async () => {
  const folder = exampleFolder()
  const { origin } = await run(folder)

  const stdout = await typed(commandsUnder('Talk to a flow'), { cwd: folder, origin })

  const [transcript, menu = '', pressed = '', survey = ''] = stdout.split('<?xml version="1.0" encoding="UTF-8"?>')
  const [called = ''] = blocksUnder('Talk to a flow', '')
  for (const line of shown(called)) expect(transcript).toContain(line)
  expect(menu).toMatch(/^<Response><Gather .*<Redirect/s)
  expect(pressed).toMatch(/^<Response><Say/)
  expect(survey).toMatch(/^<Response><Message/)
}, 60_000)

test('the README’s scenario fails as it shows, and is green after its command', async () => {
  const folder = exampleFolder()
  const [story = ''] = blocksUnder('Test a flow', 'yaml')
  const [first = '', mended = ''] = blocksUnder('Test a flow', 'sh')
  const [failure = '', green = ''] = blocksUnder('Test a flow', '')
  writeFileSync(join(folder, 'hours.yaml'), story)

  const failed: { stdout: string } = await typed(first, { cwd: folder }).catch((error) => error)
  const passed = await typed(mended, { cwd: folder })

  for (const line of shown(failure)) expect(timeless(failed.stdout)).toContain(line)
  for (const line of shown(green)) expect(timeless(passed)).toContain(line)
}, 60_000)

test('the README’s ten lines bring the flows of an account here, and what is played becomes a test', async () => {
  const { origin } = await run(exampleFolder())
  const env = { TWILIO_API_URL: origin, TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_AUTH_TOKEN: 'dev', PORT: '0' }
  const commands = commandsUnder('Move from Studio')
  expect(commands.trimEnd().split('\n')).toHaveLength(10)
  const served = commands
    .replace(/^npx trunkline doctor/m, '! npx trunkline doctor') // what stands for Twilio here has no page of its accounts
    .replace(/^npx trunkline serve$/m, 'timeout 8 npx trunkline serve || test $? -eq 124')

  const stdout = await typed(served, { cwd: folderOf({}), env })

  expect(stdout).toContain('flows/menu.json: new')
  expect(stdout).toMatch(/\d+ files, 0 errors/)
  expect(stdout).toContain('Welcome. For our opening hours, press 1.')
  expect(stdout).toContain('5 scenarios, all passed')
  expect(stdout).toContain('ok      flows: 9 files, 0 errors, 0 warnings')
  expect(stdout).toMatch(/menu +http:\S+\/flows\/menu/)
}, 120_000)

test('the README’s commands check the flows, and call a function', async () => {
  const folder = exampleFolder()
  const { origin } = await run(folder)

  expect(await typed(commandsUnder('Check flows'), { cwd: folder })).toContain('files, 0 errors, 0 warnings')
  const order = JSON.parse(await typed(commandsUnder('Functions and assets'), { cwd: folder, origin }))
  expect(order).toMatchObject({ status: 'shipped' })
}, 60_000)

test('the README’s commands begin an execution over REST and list it', async () => {
  const folder = exampleFolder()
  const { origin } = await run(folder)

  const stdout = await typed(commandsUnder('Use Studio'), { cwd: folder, origin })

  const [begun = '', listed = ''] = stdout.split(/(?<=\})(?=\{"executions)/)
  const { sid, status } = JSON.parse(begun)
  expect(status).toBe('active')
  expect(JSON.parse(listed).executions).toMatchObject([{ sid, contact_channel_address: '+15550001000' }])
})

test('the README’s one line brings Twilio’s client here', async () => {
  const folder = exampleFolder()
  const { origin } = await run(folder)
  const twilio = join(process.cwd(), 'node_modules/twilio')
  const [line = ''] = blocksUnder('Use Studio', 'js')
  const program = `const client = require('${twilio}')('${ACCOUNT}', 'dev')
    ${line.replace('http://127.0.0.1:3000', origin)}
    client.studio.v2.flows.list().then((flows) => console.log(flows.length))`
  writeFileSync(join(folder, 'client.cjs'), program)

  expect(await typed('node client.cjs', { cwd: folder })).toBe('8\n')
})

test('npm start builds and serves what the README says, and the start says what is missing', async () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(commandsUnder('Start')).toBe('npm ci && npm start\n')
  expect(scripts).toMatchObject({ prestart: 'npm run build', start: 'node dist/cli.js serve' })
  expect(commandsUnder('Test Trunkline')).toBe('npm ci && npm test\n')

  const { output } = await run(exampleFolder())

  await expect.poll(() => output.join('\n')).toMatch(/PUBLIC_URL is not set/)
  expect(output.join('\n')).toMatch(/menu +http:\/\/127\.0\.0\.1:\d+\/flows\/menu {2}\(FW[0-9a-f]{32}\)/)
  expect(output.join('\n')).toContain('TWILIO_AUTH_TOKEN is not set')
})

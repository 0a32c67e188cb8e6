import { execFile } from 'node:child_process'
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { run } from '../support/process.ts'
import { folderOf } from '../support/server.ts'

const README = readFileSync('README.md', 'utf8')

/** The lines of the README's shell blocks under a heading. */
function commandsUnder(heading: string): string {
  const section = README.split(/^## /m).find((part) => part.startsWith(heading)) ?? ''
  return [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block).join('')
}

/** What the README shows of a simulated call. */
function linesOfTranscript(): string[] {
  const [, block = ''] = /```\n(menu: [\s\S]*?)```/.exec(README) ?? []
  return block.trimEnd().split('\n')
}

test('the README’s commands talk to the example flows', async () => {
  const folder = folderOf({})
  cpSync('flows', join(folder, 'flows'), { recursive: true })
  const server = await run(folder)

  const commands = commandsUnder('Talk to a flow')
    .replaceAll('http://127.0.0.1:3000', server.origin)
    .replaceAll('npx trunkline', 'node --import tsx src/cli.ts')
  const { stdout } = await promisify(execFile)('sh', ['-euc', commands])

  const [transcript, menu = '', pressed = '', survey = ''] = stdout.split('<?xml version="1.0" encoding="UTF-8"?>')
  for (const line of linesOfTranscript()) expect(transcript).toContain(line)
  expect(menu).toMatch(/^<Response><Gather .*<Redirect/s)
  expect(pressed).toMatch(/^<Response><Say/)
  expect(survey).toMatch(/^<Response><Message/)
})

test('the README’s commands begin an execution over REST and list it', async () => {
  const folder = folderOf({})
  cpSync('flows', join(folder, 'flows'), { recursive: true })
  const { origin } = await run(folder)

  const commands = commandsUnder('Use Studio').replaceAll('http://127.0.0.1:3000', origin)
  const { stdout } = await promisify(execFile)('sh', ['-euc', commands])

  const [begun = '', listed = ''] = stdout.split(/(?<=\})(?=\{"executions)/)
  const { sid, status } = JSON.parse(begun)
  expect(status).toBe('active')
  expect(JSON.parse(listed).executions).toMatchObject([{ sid, contact_channel_address: '+15550001000' }])
})

test('npm start builds and serves what the README says, and the start says what is missing', async () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(README).toContain('npm ci && npm start')
  expect(scripts).toMatchObject({ prestart: 'npm run build', start: 'node dist/cli.js serve' })

  const folder = folderOf({})
  cpSync('flows', join(folder, 'flows'), { recursive: true })
  const { output } = await run(folder)

  await expect.poll(() => output.join('\n')).toMatch(/PUBLIC_URL is not set/)
  expect(output.join('\n')).toMatch(/menu +http:\/\/127\.0\.0\.1:\d+\/flows\/menu {2}\(FW[0-9a-f]{32}\)/)
  expect(output.join('\n')).toContain('TWILIO_AUTH_TOKEN is not set')
})

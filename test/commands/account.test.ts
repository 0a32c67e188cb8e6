import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, expect, test, vi } from 'vitest'
import { type PullOptions, pull as pullCommand } from '../../src/commands/account/pull.ts'
import { type PushOptions, push as pushCommand } from '../../src/commands/account/push.ts'
import type { Streams } from '../../src/commands/streams.ts'
import { flow } from '../support/flow.ts'
import { type FlowFiles, serving } from '../support/server.ts'

/** A flow that says this. */
const saying = (say: string) =>
  flow({
    Trigger: { type: 'trigger', properties: { offset: { x: 0, y: 0 } }, exits: { incomingCall: 'say' } },
    say: { type: 'say-play', properties: { say }, exits: { audioComplete: null } },
  })

const SID = `FW${'a'.repeat(32)}`
const exported = (say: string, name = 'Main IVR') => ({ sid: SID, friendly_name: name, definition: saying(say) })

afterEach(() => void vi.unstubAllEnvs())

test('pull writes every flow as a REST export, the same text each time', async () => {
  const from = await account({ ivr: exported('Hello'), bare: saying('Bare') })
  const dir = folder()

  const first = await pull([], { from, dir })
  expect(first.code).toBe(0)
  expect(readdirSync(join(dir, 'flows')).sort()).toEqual(['bare.json', 'main-ivr.json'])
  const text = readFileSync(join(dir, 'flows/main-ivr.json'), 'utf8')
  expect(JSON.parse(text)).toEqual(exported('Hello'))
  expect(text).toMatch(
    /^\{\n {2}"sid": "FWa+",\n {2}"friendly_name": "Main IVR",\n {2}"definition": \{\n {4}"description"/,
  )

  const second = await pull([], { from, dir })
  expect(second).toMatchObject({ code: 0, output: expect.stringMatching(/main-ivr\.json: unchanged\n/) })
  expect(readFileSync(join(dir, 'flows/main-ivr.json'), 'utf8')).toBe(text)
})

test('pull leaves a file that differs as it is, and says what differs; --force overwrites it', async () => {
  const from = await account({ ivr: exported('Hello') })
  const dir = folder({ 'mine.json': exported('Mine') })

  const { code, output } = await pull([], { from, dir })
  expect(code).toBe(1)
  expect(output).toContain(`mine.json: differs, left as it is (--force overwrites it)
  changed say (Say/Play)
    say
      was: "Mine"
      now: "Hello"
`)
  expect(flowIn(dir, 'mine.json')).toEqual(exported('Mine'))

  expect((await pull([], { from, dir, force: true })).code).toBe(0)
  expect(flowIn(dir, 'mine.json')).toEqual(exported('Hello'))
  expect(readdirSync(join(dir, 'flows'))).toEqual(['mine.json'])
})

test('pull takes flows by name or sid, and says which there is not', async () => {
  const from = await account({ ivr: exported('Hello'), bare: saying('Bare') })
  const dir = folder()
  await pull(['Main IVR'], { from, dir })
  expect(readdirSync(join(dir, 'flows'))).toEqual(['main-ivr.json'])
  await pull([SID, 'bare'], { from, dir })
  expect(readdirSync(join(dir, 'flows')).sort()).toEqual(['bare.json', 'main-ivr.json'])
  expect(await pull(['nosuch'], { from, dir })).toEqual({ code: 2, output: '', errors: 'there is no flow nosuch\n' })
})

test('a flow whose name is longer than that of a file may be gets a shorter one, always the same', async () => {
  const from = await account({ ivr: exported('Hello', 'ü'.repeat(300)) })
  const dir = folder()
  expect((await pull([], { from, dir })).code).toBe(0)
  expect(readdirSync(join(dir, 'flows'))).toEqual([`${'ü'.repeat(100)}.json`])
  expect((await pull([], { from, dir })).output).toContain('unchanged')
})

test('a flow of the name Sids does not take the place of sids.json', async () => {
  const from = await account({ ivr: exported('Hello', 'Sids') })
  const dir = folder({ 'sids.json': { 'shop-1234.twil.io': 'local' } })
  expect((await pull([], { from, dir, force: true })).code).toBe(0)
  expect(flowIn(dir, 'sids.json')).toEqual({ 'shop-1234.twil.io': 'local' })
  expect(flowIn(dir, `sids-${SID}.json`)).toEqual(exported('Hello', 'Sids'))
})

test('pull says in a line where its files cannot be written', async () => {
  const from = await account({ ivr: exported('Hello') })
  const dir = folder()
  writeFileSync(join(dir, 'flows'), 'no folder')
  const { code, errors } = await pull([], { from, dir })
  expect(code).toBe(2)
  expect(errors).toMatch(/^\S*flows cannot be written: a file is where a folder is needed\n$/)
})

test('two flows of one name come into two files', async () => {
  const other = { ...exported('Other'), sid: `FW${'b'.repeat(32)}` }
  const from = await account({ one: exported('One'), other })
  const dir = folder()
  await pull([], { from, dir })
  expect(readdirSync(join(dir, 'flows'))).toHaveLength(2)
  expect((await pull([], { from, dir })).output).toMatch(/^.*unchanged\n.*unchanged\n$/)
})

test('push makes a flow that the account has not, as a draft, and later publishes it with a message', async () => {
  const to = await account({})
  const dir = folder({ 'ivr.json': exported('Hello') })
  const file = join(dir, 'flows/ivr.json')

  const made = await push([file], { to, dir })
  expect(made).toMatchObject({
    code: 0,
    output: expect.stringMatching(/created as FW[0-9a-f]{32}, revision 1 \(draft\)/),
  })
  const published = await push([file], { to, dir, publish: true, message: 'as reviewed' })
  expect(published.output).toMatch(/updated, FW[0-9a-f]{32}, revision \d \(published\)/)
  expect((await push([file], { to, dir, publish: true })).output).toContain('unchanged, FW')

  const pulled = folder()
  await pull([], { from: to, dir: pulled })
  expect(flowIn(pulled, 'main-ivr.json')).toMatchObject({ friendly_name: 'Main IVR', definition: saying('Hello') })
})

test('push changes the flow with the sid of the file, or else the one with its name, or the one that is named', async () => {
  const to = await account({ ivr: exported('Old'), named: { ...exported('Old', 'named'), sid: `FW${'b'.repeat(32)}` } })
  const dir = folder({ 'ivr.json': exported('New'), 'named.json': saying('New'), 'third.json': saying('Third') })

  const { output } = await push([join(dir, 'flows/ivr.json'), join(dir, 'flows/named.json')], {
    to,
    dir,
    publish: true,
  })
  expect(output).toMatch(/ivr\.json: updated, FWa{32}, revision 2 \(published\)\n.*named\.json: updated, FWb{32}/)
  const third = await push([join(dir, 'flows/third.json')], { to, dir, sid: SID })
  expect(third.output).toMatch(/third\.json: updated, FWa{32}, revision 3 \(draft\)/)
})

test('push refuses a flow with errors, at its line, and pushes none of them', async () => {
  const to = await account({})
  const broken = { ...saying('x'), initial_state: 'nowhere' }
  const dir = folder({ 'a.json': saying('A'), 'b.json': broken })
  const { code, errors } = await push([join(dir, 'flows')], { to, dir })
  expect(code).toBe(1)
  expect(errors).toMatch(/b\.json:\d+:\d+ error/)
  expect((await pull(['a'], { from: to, dir: folder() })).errors).toBe('there is no flow a\n')
})

test('an account at Twilio is asked with the credentials of the settings, and its refusal is told', async () => {
  const url = await account({ ivr: exported('Hello') })
  vi.stubEnv('TWILIO_API_URL', url)
  vi.stubEnv('TWILIO_ACCOUNT_SID', `AC${'0'.repeat(32)}`)
  vi.stubEnv('TWILIO_AUTH_TOKEN', 'dev')
  expect((await pull([], { dir: folder() })).code).toBe(0)

  vi.stubEnv('TWILIO_AUTH_TOKEN', 'wrong')
  const { code, errors } = await pull([], { dir: folder() })
  expect(code).toBe(2)
  expect(errors).toMatch(/answers 401: /)
  expect(errors).not.toContain('wrong')
})

test('what is missing, and what cannot be reached, is said', async () => {
  const dir = folder()
  expect((await pull([], { dir })).errors).toMatch(
    /^https:\/\/studio\.twilio\.com needs credentials: set TWILIO_ACCOUNT_SID/,
  )
  expect((await pull([], { dir, from: 'http://127.0.0.1:65534' })).errors).toMatch(
    /^http:\/\/127\.0\.0\.1:65534 cannot be reached: .*ECONNREFUSED/,
  )
  expect((await pull([], { dir, from: 'nowhere' })).errors).toMatch(/^"nowhere" is no address/)
  expect(existsSync(join(dir, 'flows'))).toBe(false)
})

/** The address of a Trunkline with these flows. */
async function account(files: FlowFiles): Promise<string> {
  const { server } = await serving(files)
  return server.listen({ host: '127.0.0.1', port: 0 })
}

/** A folder to be served, with these flow files. */
function folder(files: Readonly<Record<string, unknown>> = {}): string {
  const dir = mkdtempSync(join(tmpdir(), 'trunkline-'))
  if (Object.keys(files).length > 0) mkdirSync(join(dir, 'flows'))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, 'flows', name), JSON.stringify(content))
  return dir
}

function flowIn(dir: string, name: string): unknown {
  return JSON.parse(readFileSync(join(dir, 'flows', name), 'utf8'))
}

function pull(names: readonly string[], options: PullOptions) {
  return written((streams) => pullCommand(names, options, streams))
}

function push(paths: readonly string[], options: PushOptions) {
  return written((streams) => pushCommand(paths, options, streams))
}

async function written(run: (streams: Streams) => Promise<number>) {
  const [output, errors] = [new PassThrough(), new PassThrough()]
  const code = await run({ output, errors })
  return { code, output: String(output.read() ?? ''), errors: String(errors.read() ?? '') }
}

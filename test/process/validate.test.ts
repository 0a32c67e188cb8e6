import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const FINE =
  '{"states":[{"name":"Trigger","type":"trigger","properties":{},"transitions":[]}],"initial_state":"Trigger"}'
const WARNED = FINE.replace('"transitions":[]', '"transitions":[{"event":"nosuch"}]')

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-'))
  mkdirSync(join(folder, 'inner'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

function validate(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'src/cli.ts', 'validate', ...words],
    {
      encoding: 'utf8',
    },
  )
  return { status, stdout, stderr }
}

test('flows that run are judged well: warnings are told, and the exit code is 0', () => {
  const folder = folderOf({
    'a.json': FINE,
    'inner/b.json': WARNED,
    '.hidden.json': '{',
    'sids.json': '{}',
    'x.txt': '{',
  })
  expect(validate(folder)).toEqual({
    status: 0,
    stdout: expect.stringMatching(
      /^\S+inner\/b\.json:1:\d+ warning Trigger unknown-event .*\n\n2 files, 0 errors, 1 warning\n$/,
    ),
    stderr: '',
  })
})

test('of the folder of a project its flows are judged, and nothing beside them', () => {
  const folder = folderOf({ 'package.json': '{"name":"my-flows"}', 'inner/answers.json': '[]' })
  mkdirSync(join(folder, 'flows'))
  writeFileSync(join(folder, 'flows', 'menu.json'), FINE)
  const { status, stdout } = validate(folder)
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('1 file, 0 errors, 0 warnings') })
})

test('sids.json is no flow, also where it is named as one of *.json', () => {
  const folder = folderOf({ 'a.json': FINE, 'sids.json': '{}' })
  const { status, stdout } = validate(join(folder, 'a.json'), join(folder, 'sids.json'))
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('1 file,') })
})

test('an error makes the exit code 1, and so does under --strict what Studio would refuse', () => {
  const folder = folderOf({ 'a.json': '{', 'b.json': WARNED })
  expect(validate(join(folder, 'a.json')).status).toBe(1)
  expect(validate(join(folder, 'b.json')).status).toBe(0)
  const { status, stdout } = validate('--strict', '--format', 'json', join(folder, 'b.json'))
  expect({ status, ...JSON.parse(stdout) }).toMatchObject({
    status: 1,
    problems: [{ file: join(folder, 'b.json'), severity: 'error', rule: 'unknown-event', widget: 'Trigger', line: 1 }],
    summary: { files: 1, errors: 1, warnings: 0, unreadable: 0 },
  })
})

test('what cannot be read makes the exit code 2, is named, and hides nothing else', () => {
  const folder = folderOf({ 'a.json': '{' })
  const { status, stdout, stderr } = validate('--format', 'github', join(folder, 'none.json'), folder)
  expect(status).toBe(2)
  expect(stderr).toBe(`${join(folder, 'none.json')} cannot be read: there is no such file or folder\n`)
  expect(stdout).toMatch(/^::error file=.*a\.json,line=1,col=2,title=not-json::.*\n$/)
})

test('a command line that cannot be read makes the exit code 2: it says nothing of flows', () => {
  expect(validate().status).toBe(2)
  expect(validate('--format', 'xml', 'flows')).toMatchObject({ status: 2, stderr: expect.stringContaining('github') })
})

test('a flow that another file of the folder pins is no unknown flow', () => {
  const sid = 'FW0000000000000000000000000000000a'
  const child = { name: 'child', type: 'run-subflow', properties: { flow_sid: sid }, transitions: [] }
  const calls = FINE.replace(
    '"transitions":[]}',
    `"transitions":[{"event":"incomingCall","next":"child"}]},${JSON.stringify(child)}`,
  )
  const pinned = folderOf({ 'a.json': calls, 'b.json': FINE, 'sids.json': `{"${sid}":"b.json"}` })
  const unpinned = folderOf({ 'a.json': calls, 'b.json': FINE })
  expect(validate(pinned).stdout).not.toContain('unresolved-sid')
  expect(validate(join(pinned, 'a.json')).stdout).not.toContain('unresolved-sid')
  expect(validate(unpinned).stdout).toContain('unresolved-sid')
})

test('a function without a URL is no unknown one where sids.json says which it is', () => {
  const sid = 'ZH0000000000000000000000000000000a'
  const fn = { name: 'fn', type: 'run-function', properties: { url: '', function_sid: sid }, transitions: [] }
  const calls = FINE.replace(
    '"transitions":[]}',
    `"transitions":[{"event":"incomingCall","next":"fn"}]},${JSON.stringify(fn)}`,
  )
  const mapped = folderOf({ 'a.json': calls, 'sids.json': `{"${sid}":"/price"}` })
  expect(validate(mapped).stdout).not.toContain('unresolved-sid')
  expect(validate(folderOf({ 'a.json': calls })).stdout).toContain(
    `  hint: add it to sids.json: {"${sid}": "/path-of-the-function"}`,
  )
})

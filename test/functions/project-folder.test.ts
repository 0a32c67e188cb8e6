import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Logger, pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { ProjectFolder, UnusableProject } from '../../src/functions/project-folder.ts'
import { isOwnAddress } from '../../src/http/own-addresses.ts'
import { projectFolder, write } from '../support/project.ts'

const START = { 'functions/a.js': 'a', 'functions/lib/helper.cjs': 'b', 'assets/c.private.json': '{}', '.env': 'X=1' }

test.each<[what: string, change: (folder: string) => void, paths: readonly string[]]>([
  ['a function', (folder) => write(folder, { 'functions/a.js': 'changed' }), ['/a', '/c.json']],
  [
    'a file that functions require',
    (folder) => write(folder, { 'functions/lib/helper.cjs': 'changed' }),
    ['/a', '/c.json'],
  ],
  ['a private asset', (folder) => write(folder, { 'assets/c.private.json': '{"changed":1}' }), ['/a', '/c.json']],
  ['the variables', (folder) => write(folder, { '.env': 'X=changed' }), ['/a', '/c.json']],
  ['the packages', (folder) => write(folder, { 'package.json': '{}' }), ['/a', '/c.json']],
  [
    'a new function in a new folder',
    (folder) => write(folder, { 'functions/sms/deep/x.js': '' }),
    ['/a', '/sms/deep/x', '/c.json'],
  ],
  ['a function that goes', (folder) => rmSync(join(folder, 'functions/a.js')), ['/c.json']],
  ['a folder that goes', (folder) => rmSync(join(folder, 'assets'), { recursive: true }), ['/a']],
  [
    'a folder that is renamed',
    (folder) => renameSync(join(folder, 'assets'), join(folder, 'static')),
    ['/a', '/c.json'],
  ],
])('a change is taken up while the server runs: %s', async (_what, change, paths) => {
  const folder = projectFolder(START)
  const project = await opened(folder)
  const changed = watched(project)

  change(folder)

  await expect.poll(changed, { timeout: 8_000 }).toBeGreaterThan(0)
  await expect.poll(() => pathsOf(project), { timeout: 8_000 }).toEqual(paths)
})

test('a folder that comes later is served, and what is added to it after that', async () => {
  const folder = projectFolder({})
  const project = await opened(folder)
  watched(project)

  mkdirSync(join(folder, 'functions/sms'), { recursive: true })
  write(folder, { 'functions/sms/a.js': '' })
  await expect.poll(() => pathsOf(project), { timeout: 8_000 }).toEqual(['/sms/a'])
  write(folder, { 'functions/sms/b.js': '' })
  await expect.poll(() => pathsOf(project), { timeout: 8_000 }).toEqual(['/sms/a', '/sms/b'])
})

test('nothing is told where nothing has changed', async () => {
  const folder = projectFolder(START)
  const project = await opened(folder)
  const changed = watched(project)

  await new Promise((resolve) => setTimeout(resolve, 700))

  expect(changed()).toBe(0)
})

test('a clash stops the start', async () => {
  const folder = projectFolder({ 'functions/a.js': '', 'functions/a.protected.js': '' })
  await expect(opened(folder)).rejects.toThrow(UnusableProject)
})

test('a clash that comes later is told of and leaves what was served', async () => {
  const folder = projectFolder({ 'functions/a.js': '' })
  const lines: string[] = []
  const project = await opened(folder, lines)
  watched(project)

  write(folder, { 'functions/a.protected.js': '', 'functions/b.js': '' })

  await expect.poll(() => lines.join('\n'), { timeout: 8_000 }).toContain('would both be served at /a')
  expect(pathsOf(project)).toEqual(['/a'])
  rmSync(join(folder, 'functions/a.js'))
  await expect.poll(() => pathsOf(project), { timeout: 8_000 }).toEqual(['/a', '/b'])
})

test('a path that is an address of Trunkline’s own is told of, private ones aside', async () => {
  const folder = projectFolder({
    'functions/v1/a.js': '',
    'assets/healthz': '',
    'functions/api/b.private.js': '',
    'functions/flowers.js': '',
  })
  const lines: string[] = []
  await opened(folder, lines)
  expect(lines).toEqual([
    `/v1/a is an address of Trunkline itself, so ${folder}/functions/v1/a.js is not served there; only flows reach it`,
    `/healthz is an address of Trunkline itself, so ${folder}/assets/healthz is not served there; nobody reaches it`,
  ])
})

async function opened(folder: string, lines: string[] = []): Promise<ProjectFolder> {
  const project = await ProjectFolder.open({ folder, isTaken: isOwnAddress, log: logTo(lines) })
  onTestFinished(() => project.close())
  return project
}

function watched(project: ProjectFolder): () => number {
  let times = 0
  project.watch(() => {
    times += 1
  })
  return () => times
}

function pathsOf({ project: { functions, assets } }: ProjectFolder): string[] {
  return [...functions.keys(), ...assets.keys()]
}

function logTo(lines: string[]): Logger {
  return pino({}, { write: (line) => void lines.push(JSON.parse(line).msg) })
}

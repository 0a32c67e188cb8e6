import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { collectFlowFiles } from '../../src/commands/flow-files.ts'
import { init as initCommand } from '../../src/commands/init.ts'
import { test as testCommand } from '../../src/commands/test.ts'
import { readConfig } from '../../src/config.ts'
import { problemsOf } from '../../src/lint/lint.ts'
import { wavLength } from '../../src/simulator/call/wav-length.ts'
import { catalogue } from '../../src/widgets/index.ts'

const FILES = [
  '.env.example',
  '.github/workflows/flows.yml',
  '.gitignore',
  'assets/chime.wav',
  'flows/sids.json',
  'flows/welcome.json',
  'functions/opening-hours.js',
  'scenarios/welcome.yaml',
]

test('init makes a folder whose flow has no problem, even for Studio, and whose scenarios pass and leave little uncovered', async () => {
  const { folder, code } = await init(join(mkdtempSync(join(tmpdir(), 'trunkline-')), 'my phones'))
  expect(code).toBe(0)
  expect(filesIn(folder)).toEqual(FILES)

  expect(problemsOf(await collectFlowFiles([folder]), catalogue, { strict: true })).toEqual([])

  const [output, errors] = [new PassThrough(), new PassThrough()]
  expect(await testCommand([folder], { reporter: 'text', coverage: true }, { output, errors })).toBe(0)
  const report = String(output.read())
  expect(report).toContain('4 scenarios, all passed')
  expect(report.match(/never .*/g)).toEqual([
    'never taken  look_up: fail → goodbye',
    'never taken  thank: failed → the end',
  ])
})

test('what it makes beside the flow works: settings, function, asset and workflow', async () => {
  const { folder } = await init(mkdtempSync(join(tmpdir(), 'trunkline-')))
  const lines = readFileSync(join(folder, '.env.example'), 'utf8')
    .split('\n')
    .filter((line) => /^[A-Z]/.test(line))
  expect(readConfig(Object.fromEntries(lines.map((line) => line.split('='))), folder).development).toBe(true)

  const { handler } = createRequire(import.meta.url)(join(folder, 'functions/opening-hours.js'))
  const answers: unknown[] = []
  handler({ OPENING_HOURS: '8 to 4' }, { date: '2026-11-25' }, (_error: unknown, answer: unknown) =>
    answers.push(answer),
  )
  expect(answers).toEqual([{ open: true, hours: '8 to 4' }])

  expect(wavLength(readFileSync(join(folder, 'assets/chime.wav')))).toBeCloseTo(0.4)
  const { jobs } = parse(readFileSync(join(folder, '.github/workflows/flows.yml'), 'utf8'))
  expect(jobs.flows.steps.map(({ run }: { run?: string }) => run)).toContain('npx trunkline test scenarios --coverage')
})

test('init overwrites nothing: it names what is there and makes nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-'))
  writeFileSync(join(folder, '.env.example'), 'MINE=1\n')
  const { code, errors } = await init(folder)
  expect(code).toBe(1)
  expect(errors).toMatch(/^nothing was made, for these are there already: \S*\.env\.example\n$/)
  expect(readdirSync(folder)).toEqual(['.env.example'])
  expect(readFileSync(join(folder, '.env.example'), 'utf8')).toBe('MINE=1\n')
  expect(existsSync(join(folder, 'flows'))).toBe(false)
})

test('init keeps secrets and callers out of git; a .gitignore that is there stays as it is, and that is said', async () => {
  const made = await init(join(mkdtempSync(join(tmpdir(), 'trunkline-')), 'phones'))
  expect(readFileSync(join(made.folder, '.gitignore'), 'utf8').split('\n')).toEqual(
    expect.arrayContaining(['.env', 'data/']),
  )

  const folder = mkdtempSync(join(tmpdir(), 'trunkline-'))
  writeFileSync(join(folder, '.gitignore'), 'mine\n')
  const { code, output } = await init(folder)
  expect(code).toBe(0)
  expect(output).toContain('Your .gitignore is left as it is')
  expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('mine\n')
})

test('init says in a line where no folder can be made', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'trunkline-')), 'notes.txt')
  writeFileSync(file, 'mine')
  const { code, errors } = await init(file)
  expect(code).toBe(2)
  expect(errors).toMatch(/^\S*notes\.txt cannot be written: a file is where a folder is needed\n$/)
})

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}

async function init(folder: string) {
  const [output, errors] = [new PassThrough(), new PassThrough()]
  const code = await initCommand(folder, { output, errors })
  return { folder, code, output: String(output.read() ?? ''), errors: String(errors.read() ?? '') }
}

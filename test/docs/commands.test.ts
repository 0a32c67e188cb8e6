import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { pages } from './pages.ts'

/** Everything that is shown as code on a page, in blocks and within lines. */
const CODE = [...pages].flatMap(([page, text]) => {
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) => block.split('\n'))
  const inline = [...text.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)
  return [...blocks, ...inline].map((code) => ({ page, code: code.replace(/(^|\s)# .*$/, '') }))
})

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
const ITSELF = /(?:^|npx |node dist\/cli\.js |[|;&] )trunkline ([a-z-]+)(.*)$/
const typings = CODE.flatMap(({ page, code }) => {
  const [, command, rest = ''] = ITSELF.exec(code.replace('node dist/cli.js', 'trunkline')) ?? []
  return command ? [{ page, command, flags: flagsIn(` ${rest}`) }] : []
})

test('the pages show every command', async () => {
  const shown = new Set(typings.map(({ command }) => command))
  const there = [...(await help()).matchAll(/^ {2}([a-z-]+) /gm)].map(([, name = '']) => name)
  expect(there.length).toBeGreaterThan(10)
  expect(there.filter((name) => name !== 'help' && !shown.has(name))).toEqual([])
})

test.each([...new Set(typings.map(({ command }) => command))])(
  'trunkline %s is a command, and has the options that the pages show of it',
  async (command) => {
    const flags = typings.filter((typing) => typing.command === command).flatMap((typing) => typing.flags)
    const known = flagsIn(await help(command))
    expect(known).toContain('--help')
    expect(flags.filter((flag) => !known.includes(flag))).toEqual([])
  },
)

test.each(CODE.filter(({ code }) => /^(\w+=\S+ )*npm run /.test(code)))('$page: `$code` can be run', ({ code }) => {
  const [, script = '', rest = ''] = /npm run ([\w:-]+)(.*)$/.exec(code) ?? []
  expect(scripts).toHaveProperty([script])
  const [source = ''] = String(scripts[script]).match(/(?:test|bench)\/\S+\.ts/) ?? []
  const options = source === 'bench/bench.ts' ? 'bench/options.ts' : source
  for (const [, flag = ''] of rest.matchAll(/ --([a-z]\w+)/g)) expect(readFileSync(options, 'utf8')).toContain(flag)
})

test.each(CODE.filter(({ code }) => code.includes('npx vitest run')))('$page: `$code` finds tests', ({ code }) => {
  for (const [path] of code.matchAll(/test\/\S+/g)) expect(existsSync(path)).toBe(true)
})

function flagsIn(text: string): readonly string[] {
  return [...text.matchAll(/(?<=[\s,])--[a-z][\w-]*/g)].map(([flag]) => flag)
}

async function help(...command: readonly string[]): Promise<string> {
  const words = ['--import', 'tsx', 'src/cli.ts', ...command, '--help']
  return (await promisify(execFile)(process.execPath, words, { env: { ...process.env, COLUMNS: '200' } })).stdout
}

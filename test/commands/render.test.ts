import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { SaxesParser } from 'saxes'
import { expect, test } from 'vitest'
import { type RenderOptions, render as renderCommand } from '../../src/commands/render.ts'
import { flow } from '../support/flow.ts'
import { call, form, serving, urlIn } from '../support/server.ts'

const MENU = JSON.parse(readFileSync('flows/menu.json', 'utf8'))

/** Says by its names and texts what would break a document that does not escape. */
const STRANGE = flow({
  Trigger: { type: 'trigger', exits: { incomingCall: '<b> & "c" ]]>' } },
  '<b> & "c" ]]>': {
    type: 'say-play',
    properties: { say: 'bell \u0007 and half a letter \ud83d &amp; <!--' },
    exits: { audioComplete: 'w1"]; click w0 "javascript:x" #35;' },
  },
  'w1"]; click w0 "javascript:x" #35;': { type: 'no<such>type', exits: { 'odd|exit"': 'Trigger' } },
})

test.each([
  ['menu.svg', MENU, {}],
  ['menu.mmd', MENU, { format: 'mermaid' }],
  ['strange.svg', STRANGE, {}],
  ['strange.mmd', STRANGE, { format: 'mermaid' }],
] as const)('%s is drawn as its golden file shows', async (name, definition, options) => {
  const { code, output } = await render(definition, options)
  expect(code).toBe(0)
  await expect(output).toMatchFileSnapshot(`golden/${name}`)
})

test.each([
  ['menu-walked.svg', {}],
  ['menu-walked.mmd', { format: 'mermaid' }],
] as const)('%s shows the way of an execution with its steps numbered', async (name, options) => {
  const { output } = await render(MENU, { ...options, execution: await bundleOfACall() })
  await expect(output).toMatchFileSnapshot(`golden/${name}`)
})

test('widgets that the file puts nowhere, or all in one place, are laid out in layers without overlap', async () => {
  const piled = {
    ...MENU,
    states: MENU.states.map((one: object) => ({ ...one, properties: { offset: { x: 0, y: 0 } } })),
  }
  const { output } = await render(piled)
  const cards = [...output.matchAll(/<svg x="(-?\d+)" y="(-?\d+)" width="(\d+)" height="(\d+)">/g)].map(([, ...box]) =>
    box.map(Number),
  )
  expect(cards).toHaveLength(MENU.states.length)
  for (const [x = 0, y = 0, width = 0, height = 0] of cards) {
    const met = cards.filter(
      ([a = 0, b = 0, c = 0, d = 0]) => x < a + c && a < x + width && y < b + d && b < y + height,
    )
    expect(met).toHaveLength(1) // itself
  }
})

test('the picture is written to the file that is named', async () => {
  const file = join(folder(), 'menu.svg')
  const { output } = await render(MENU, { output: file })
  expect(output).toBe('')
  expect(readFileSync(file, 'utf8')).toMatch(/^<svg /)
})

test('what cannot be read is named, and makes the exit code 2', async () => {
  expect(await run('none.json')).toEqual({
    code: 2,
    output: '',
    errors: 'none.json cannot be read: there is no such file or folder\n',
  })
  const { code, errors } = await render('{ "states": 1 }')
  expect(code).toBe(2)
  expect(errors).toMatch(/flow\.json:1:\d+ /)
  expect(await run('flows/menu.json', { execution: 'package.json' })).toMatchObject({
    code: 2,
    errors: expect.stringMatching(/^package\.json: it is no bundle/),
  })
})

const CORPUS = join(import.meta.dirname, '../../../shared/flows')
const present = existsSync(join(CORPUS, 'INDEX.tsv'))
if (!present) console.warn('SKIPPED: the corpus of real flows (../shared/flows) is not here')

/** A split whose conditions are bare texts; a piece cut out of a template, with a trigger that has neither name nor type. */
const REFUSED = [
  'JeanLuis2010__UltimaDefensaLegal__studio-flow--d089ae4.json',
  'techmatters__flex-plugins__studioFlow-default-main--c050c89.json',
]

test.runIf(present)(
  'every real flow whose structure can be read is drawn as well-formed XML',
  async () => {
    const refused: string[] = []
    for (const file of readdirSync(CORPUS).filter((name) => name.endsWith('.json'))) {
      const { code, output } = await run(join(CORPUS, file))
      if (code === 0) expectWellFormed(file, output)
      else refused.push(file)
    }
    expect(refused).toEqual(REFUSED)
  },
  120_000,
)

test.each([500, 2000])(
  'a flow of %d widgets, each below the other, is drawn within seconds',
  async (count) => {
    const places = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `w${index}`,
        { type: index === 0 ? 'trigger' : 'say-play', exits: { audioComplete: `w${(index + 1) % count}` } },
      ]),
    )
    const { code } = await render(flow(places))
    expect(code).toBe(0)
  },
  60_000,
)

function expectWellFormed(file: string, text: string): void {
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw new Error(`${file}: ${error.message}`)
  })
  parser.write(text).close()
}

test('a picture that cannot be written is told in a line, with the code for that', async () => {
  const file = join(folder(), 'none/menu.svg')
  const { code, errors } = await render(MENU, { output: file })
  expect({ code, errors }).toEqual({ code: 2, errors: `${file} cannot be written: there is no such folder\n` })
})

/** A caller presses a wrong key, then 1, and listens to the end. */
async function bundleOfACall(): Promise<string> {
  const { server, settled } = await serving({ menu: MENU })
  const keys = ['9', '1']
  let answer = await server.inject(form(call({ CallStatus: 'in-progress' }), '/flows/menu'))
  while (/<Gather|<Redirect/.test(answer.body)) {
    const isAsking = answer.body.includes('<Gather')
    const digits = isAsking ? { Digits: keys.shift() ?? '' } : {}
    const next = urlIn(answer.body, isAsking ? 'action' : 'Redirect')
    answer = await server.inject(form(call({ CallStatus: 'in-progress', ...digits }), next))
  }
  await settled()
  const authorization = `Basic ${Buffer.from(`AC${'0'.repeat(32)}:dev`).toString('base64')}`
  const asked = async (path: string) => (await server.inject({ url: path, headers: { authorization } })).json()
  const { executions } = await asked('/api/executions')
  const file = join(folder(), 'bundle.json')
  writeFileSync(file, JSON.stringify(await asked(`/api/executions/${executions[0].sid}/bundle`)))
  return file
}

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'trunkline-'))
}

async function render(definition: unknown, options: Partial<RenderOptions> = {}) {
  const file = join(folder(), 'flow.json')
  writeFileSync(file, typeof definition === 'string' ? definition : JSON.stringify(definition))
  return run(file, options)
}

async function run(file: string, options: Partial<RenderOptions> = {}) {
  const [output, errors] = [new PassThrough(), new PassThrough()]
  const code = await renderCommand(file, { format: 'svg', ...options }, { output, errors })
  return { code, output: String(output.read() ?? ''), errors: String(errors.read() ?? '') }
}

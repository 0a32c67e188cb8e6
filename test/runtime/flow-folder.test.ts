import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { definitionOf } from '../../src/flow/import.ts'
import type { Resource } from '../../src/functions/resource.ts'
import { STUDIO_LIQUID } from '../../src/liquid/template.ts'
import { wholeMatch } from '../../src/regex/whole-match.ts'
import { FlowFolder } from '../../src/runtime/flow-folder.ts'
import { FlowLibrary } from '../../src/runtime/flows.ts'
import { isListed } from '../../src/runtime/sids.ts'
import { sqliteStore } from '../../src/store/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { catalogue } from '../../src/widgets/index.ts'
import { type FlowFiles, folderOf } from '../support/server.ts'

const saying = (say: string) => ({
  description: 'Says something',
  initial_state: 'Trigger',
  unknown_key: { kept: true },
  states: [
    { name: 'Trigger', type: 'trigger', properties: {}, transitions: [{ event: 'incomingCall', next: 'say' }] },
    { name: 'say', type: 'say-play', properties: { say, odd: null }, transitions: [{ event: 'audioComplete' }] },
  ],
})

test('flow files are served under their names, with a sid that stays the same', async () => {
  const first = await loaded({ menu: saying('one') })
  const second = await loaded({ menu: saying('other') })

  expect(first.flows.list()).toEqual([
    { name: 'menu', sid: expect.stringMatching(/^FW[0-9a-f]{32}$/), friendlyName: 'menu', origin: 'file' },
  ])
  expect(second.flows.named('menu')?.sid).toBe(first.flows.named('menu')?.sid)
})

test('the sid of a REST export, and that of sids.json, is the sid of the flow', async () => {
  const own = `FW${'a'.repeat(32)}`
  const pinned = `FW${'b'.repeat(32)}`
  const { flows } = await loaded({
    exported: { sid: own, friendly_name: 'My line', definition: saying('one') },
    plain: saying('two'),
    sids: { [pinned]: 'plain.json' },
  })

  expect(flows.named('exported')).toEqual({ name: 'exported', sid: own, friendlyName: 'My line', origin: 'file' })
  expect(flows.named('plain')?.sid).toBe(pinned)
  expect(flows.named('sids')).toBeUndefined()
})

test('what was imported is kept to the letter', async () => {
  const { store, flows } = await loaded({ menu: saying('one') })

  const revision = await store.revision(flows.named('menu')?.sid ?? '', 'LatestPublished')

  expect(revision?.definition).toEqual(saying('one'))
})

test('a changed file is a new revision, an unchanged one is not', async () => {
  const { path, folder, store, flows } = await loaded({ menu: saying('one') })
  const sid = flows.named('menu')?.sid ?? ''

  await folder.load()
  writeFileSync(join(path, 'menu.json'), JSON.stringify(saying('two')))
  await folder.load()

  expect((await flows.published(sid))?.revision).toBe(2)
  expect(await store.revisions(sid)).toHaveLength(2)
})

test.each([
  ['is no JSON', '{\n  "states": [,]\n}', 'menu.json:2:14'],
  [
    'has a dangling transition',
    JSON.stringify(saying('two'), null, 2).replace('"next": "say"', '"next": "gone"'),
    'gone',
  ],
  [
    'has two widgets of one name',
    JSON.stringify(saying('two'), null, 2).replace('"name": "say"', '"name": "Trigger"'),
    'Trigger',
  ],
])('a file that %s leaves the last good revision, and is reported with its place', async (_what, text, shown) => {
  const { path, folder, flows, log } = await loaded({ menu: saying('one') })

  writeFileSync(join(path, 'menu.json'), text)
  await folder.load()

  expect((await flows.published(flows.named('menu')?.sid ?? ''))?.revision).toBe(1)
  expect(log()).toMatch(/menu\.json:\d+:\d+/)
  expect(log()).toContain(shown)
  expect(log()).toContain('its last good revision stays')
})

test.each([
  ['a bare definition', saying('one'), '{'],
  [
    'a REST export',
    { sid: `FW${'a'.repeat(32)}`, friendly_name: 'Line', definition: saying('one') },
    `{"sid": "FW${'a'.repeat(32)}",`,
  ],
])(
  '%s whose file is broken when a server starts is served as it was, until it is mended',
  async (_what, good, broken) => {
    const before = await loaded({ menu: good })
    const sid = before.flows.named('menu')?.sid ?? ''
    writeFileSync(join(before.path, 'menu.json'), broken)
    const { path, folder, flows, log } = await loaded({}, before)

    expect(flows.list()).toEqual(before.flows.list())
    expect((await flows.published(sid))?.revision).toBe(1)
    expect(log()).toContain('its last good revision stays')

    writeFileSync(join(path, 'menu.json'), JSON.stringify({ sid, definition: saying('two') }))
    await folder.load()
    expect((await flows.published(sid))?.revision).toBe(2)
  },
)

test('a broken file takes its sid from no other one', async () => {
  const sid = `FW${'a'.repeat(32)}`
  const before = await loaded({ zeta: { sid, definition: saying('one') } })
  writeFileSync(join(before.path, 'alpha.json'), `{"sid": "${sid}",`)
  const { flows } = await loaded({}, before)

  expect(flows.list().map(({ name }) => name)).toEqual(['zeta'])
})

test('a broken file among others takes none of them down', async () => {
  const { flows, log } = await loaded({ broken: '{', menu: saying('one') })

  expect(flows.list().map(({ name }) => name)).toEqual(['menu'])
  expect(log()).toContain('the flow is not served')
})

test('a flows folder that is none is told of as what it is', async () => {
  const { folder, path, log } = await loaded({ menu: saying('one') })

  rmSync(path, { recursive: true })
  await folder.load()
  expect(log()).toContain('the flows folder does not exist')

  writeFileSync(path, '')
  await folder.load()
  expect(log()).toContain('the flows folder cannot be read: ENOTDIR')
})

test('a file that is gone is no longer served', async () => {
  const { path, folder, flows } = await loaded({ menu: saying('one') })

  rmSync(join(path, 'menu.json'))
  await folder.load()

  expect(flows.list()).toEqual([])
})

test('a file that is replaced while it is watched is live shortly after', async () => {
  const { path, folder, flows } = await loaded({ menu: saying('one') })
  const sid = flows.named('menu')?.sid ?? ''
  folder.watch()

  writeFileSync(join(path, '.menu.json.new'), JSON.stringify(saying('two')))
  renameSync(join(path, '.menu.json.new'), join(path, 'menu.json'))

  await expect.poll(async () => (await flows.published(sid))?.revision, { timeout: 5000 }).toBe(2)
})

test('a REST export that is renamed is served under its new name, and its sid stays', async () => {
  const sid = `FW${'a'.repeat(32)}`
  const { path, folder, flows } = await loaded({ zeta: { sid, definition: saying('one') } })

  renameSync(join(path, 'zeta.json'), join(path, 'alpha.json'))
  await folder.load()

  expect(flows.list()).toEqual([{ name: 'alpha', sid, friendlyName: 'alpha', origin: 'file' }])
})

test('the second file with a sid is served once the first one is gone', async () => {
  const sid = `FW${'a'.repeat(32)}`
  const { path, folder, flows, log } = await loaded({
    one: { sid, definition: saying('one') },
    two: { sid, definition: saying('two') },
  })
  expect(flows.list()).toMatchObject([{ name: 'one', sid }])
  expect(log()).toContain('the flow sid is that of one.json already')

  rmSync(join(path, 'one.json'))
  await folder.load()

  expect(flows.list()).toMatchObject([{ name: 'two', sid }])
})

test('sids.json counts with a byte order mark before it', async () => {
  const sid = `FW${'b'.repeat(32)}`
  const { path, folder, flows } = await loaded({ menu: saying('one') })

  writeFileSync(join(path, 'sids.json'), `\uFEFF${JSON.stringify({ [sid]: 'menu.json' })}`)
  await folder.load()

  expect(flows.named('menu')?.sid).toBe(sid)
})

test('a broken sids.json leaves every flow under its pinned sid', async () => {
  const sid = `FW${'b'.repeat(32)}`
  const { path, folder, flows, log } = await loaded({ menu: saying('one'), sids: { [sid]: 'menu.json' } })

  for (const text of ['{', '[]', '"menu.json"']) {
    writeFileSync(join(path, 'sids.json'), text)
    await folder.load()
  }

  expect(flows.named('menu')?.sid).toBe(sid)
  expect(log()).toContain('sids.json is no JSON object of sids')
})

test.each([
  [{ FWx: 'menu.json' }, '\\"FWx\\" is no flow sid'],
  [{ [`FW${'b'.repeat(32)}`]: 'gone.json' }, 'is pinned to \\"gone.json\\"'],
  [{ [`FW${'b'.repeat(32)}`]: 3 }, 'is pinned to 3'],
])('an entry %j of sids.json pins nothing, and is told of', async (sids, problem) => {
  const { flows, log } = await loaded({ menu: saying('one'), sids })

  expect(flows.list()).toHaveLength(1)
  expect(log()).toContain(problem)
})

const ZH = `ZH${'c'.repeat(32)}`

test.each([
  [{ ZHx: '/price' }, '"ZHx" is no function sid: ZH and 32 hexadecimal digits expected'],
  [{ [ZH]: 'price' }, `${ZH} leads to "price": expected the path of a function, {"ZH…": "/order-status"}`],
  [{ [ZH]: 7 }, `${ZH} leads to 7: expected the path of a function`],
  [{ [ZH]: '/prise' }, `${ZH} leads to "/prise", but there is no function of that path here; did you mean '/price'?`],
  [{ [ZH]: '/lib' }, `${ZH} leads to "/lib", a private function: flows call public and protected ones only`],
  [{ 'shop-1.twil.io': true }, 'shop-1.twil.io leads to true: expected {"shop-1.twil.io": "local"}'],
  [{ '*.twil.io': '/price' }, '*.twil.io leads to "/price": expected {"*.twil.io": "local"}'],
  [{ 'https://shop-1.twil.io/price': 'local' }, '"https://shop-1.twil.io/price" is neither a sid nor a host'],
  [{ 'localhost:3000': 'local' }, '"localhost:3000" is neither a sid nor a host without a port'],
  [{ 'shop-*.twil.io': 'local' }, '"shop-*.twil.io" is neither'],
])('an entry %j of sids.json stands for nothing, and is told of once', async (sids, problem) => {
  const { path, folder, flows, served, told } = await loaded({ menu: saying('one') })
  served.set('/price', fn('/price')).set('/lib', fn('/lib', 'private'))

  writeFileSync(join(path, 'sids.json'), JSON.stringify(sids))
  await folder.load()
  await folder.load()

  expect(flows.list()).toHaveLength(1)
  expect(told('sids.json:')).toEqual([expect.stringContaining(`sids.json: ${problem}`)])
})

test('sids.json is judged anew when functions come and go', async () => {
  const { folder, served, told } = await loaded({ menu: saying('one'), sids: { [ZH]: '/price' } })
  expect(told('no function of that path')).toHaveLength(1)

  served.set('/price', fn('/price'))
  await folder.load()
  expect(told('no function of that path')).toHaveLength(1)

  served.delete('/price')
  await folder.load()
  expect(told('no function of that path')).toHaveLength(2)
  expect(folder.sids.functions.get(ZH)).toBe('/price')
})

const calling = (properties: object, type = 'run-function') => ({
  ...saying('one'),
  states: [...saying('one').states, { name: 'fn', type, properties, transitions: [] }],
})

test.each([
  ['run-function', { url: 'https://shop-1.twil.io/price' }],
  ['run-function', { url: 'https://shop-1.twil.io/price?a=1', function_sid: ZH }],
  ['make-http-request', { url: 'https://shop-1.twil.io/price', method: 'GET' }],
])(
  'a flow whose %s calls elsewhere what is here, too, is told of until the host is mapped',
  async (type, properties) => {
    const { path, folder, served, told } = await loaded({ menu: calling(properties, type) })
    expect(told('calls')).toEqual([])

    served.set('/price', fn('/price'))
    await folder.load()
    await folder.load()
    const add = 'add {"shop-1.twil.io":"local"} to sids.json'
    const line = `menu.json calls /price at shop-1.twil.io, and there is a function of that path here: to call that, ${add}`
    expect(told('calls')).toEqual([line])

    writeFileSync(join(path, 'sids.json'), '{"*.twil.io": "local"}')
    await folder.load()
    rmSync(join(path, 'sids.json'))
    await folder.load()
    expect(told('calls')).toEqual([line, line])
  },
)

test.each([
  ['another path', { url: 'https://shop-1.twil.io/other' }],
  ['a private function', { url: 'https://shop-1.twil.io/lib' }],
  ['a template', { url: 'https://{{flow.variables.host}}/price' }],
  ['no URL', { url: 'price' }],
])('a flow that calls %s is not told of', async (_what, properties) => {
  const { folder, served, told } = await loaded({ menu: calling(properties) })
  served.set('/price', fn('/price')).set('/lib', fn('/lib', 'private'))
  await folder.load()
  expect(told('calls')).toEqual([])
})

test('a function that has a sid alone is told of until the sid stands for one', async () => {
  const { path, folder, served, told } = await loaded({ menu: calling({ url: '', function_sid: ZH }) })
  const add = `add {"${ZH}":"/its-path"} to sids.json`
  expect(told('calls')).toEqual([`menu.json calls the function ${ZH}, which has no URL: ${add}`])

  served.set('/price', fn('/price'))
  writeFileSync(join(path, 'sids.json'), JSON.stringify({ [ZH]: '/price' }))
  await folder.load()
  expect(told('')).toHaveLength(1)
})

test('a file that cannot be read is told of once, and the others are served', async () => {
  const { path, folder, flows, log } = await loaded({ menu: saying('one') })

  mkdirSync(join(path, 'folder.json'))
  symlinkSync(join(path, 'nowhere'), join(path, 'link.json'))
  await folder.load()
  await folder.load()

  expect(flows.list()).toHaveLength(1)
  expect(log().match(/the file cannot be read/g)).toHaveLength(2)
})

test('a file too deep to be kept takes no other flow down', async () => {
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
  const { flows, log } = await loaded({
    deep: JSON.stringify(saying('deep')).replace('"odd":null', `"odd":${deep}`),
    menu: saying('one'),
  })

  expect(flows.list().map(({ name }) => name)).toEqual(['menu'])
  expect(log()).toContain('deep.json')
})

test('a broken file that goes and comes back is told of again', async () => {
  const { path, folder, log } = await loaded({ menu: '{' })

  rmSync(join(path, 'menu.json'))
  await folder.load()
  writeFileSync(join(path, 'menu.json'), '{')
  await folder.load()

  expect(log().match(/the file is broken/g)).toHaveLength(2)
})

test('a folder that is made, replaced or linked from elsewhere while it is watched is live shortly after', async () => {
  const { path, folder, flows } = await loaded({})
  const elsewhere = folderOf({ real: saying('one') })
  rmSync(path, { recursive: true })
  folder.watch()
  await new Promise((resolve) => setTimeout(resolve, 200)) // it has had its first look
  const revisionOf = async (name: string) => (await flows.published(flows.named(name)?.sid ?? ''))?.revision

  mkdirSync(path)
  symlinkSync(join(elsewhere, 'real.json'), join(path, 'link.json'))
  await expect.poll(() => revisionOf('link'), { timeout: 8000 }).toBe(1)
  writeFileSync(join(elsewhere, 'real.json'), JSON.stringify(saying('something else')))
  await expect.poll(() => revisionOf('link'), { timeout: 8000 }).toBe(2)
  renameSync(path, `${path}-old`)
  mkdirSync(path)
  writeFileSync(join(path, 'new.json'), JSON.stringify(saying('two')))

  await expect.poll(() => revisionOf('new'), { timeout: 8000 }).toBe(1)
}, 30_000)

test('a folder that is not there serves nothing and says so', async () => {
  const { path, folder, flows, log } = await loaded({ menu: saying('one') })

  rmSync(path, { recursive: true })
  await folder.load()

  expect(flows.list()).toEqual([])
  expect(log()).toContain('does not exist')
})

test('the example flows are served without a single problem', async () => {
  const { flows, log } = await loaded(
    Object.fromEntries(
      ['menu', 'survey', 'order-status', 'voice-ivr', 'messaging', 'webchat'].map((name) => [
        name,
        readFileSync(`flows/${name}.json`, 'utf8'),
      ]),
    ),
  )

  expect(flows.list()).toHaveLength(6)
  expect(log()).toBe('')
})

function fn(path: string, visibility: Resource['visibility'] = 'public'): Resource {
  return { kind: 'function', path, file: `/functions${path}.js`, visibility }
}

/** A folder with these files, loaded once; or the one of an earlier server, with its database. */
async function loaded(files: FlowFiles, before?: { readonly path: string; readonly store: Store }) {
  const lines: string[] = []
  const sink = new Writable({
    write: (line, _encoding, done) => {
      lines.push(String(line))
      done()
    },
  })
  const log = pino({ level: 'info' }, sink)
  const store = before?.store ?? (await sqliteStore(':memory:'))
  const flows = new FlowLibrary(store, { widgets: catalogue, liquid: STUDIO_LIQUID, wholeMatch }, definitionOf)
  const path = before?.path ?? folderOf(files)
  const served = new Map<string, Resource>()
  const isOurs = ({ hostname }: URL) => isListed(hostname, folder.sids.hosts)
  const folder = new FlowFolder({ folder: path, store, flows, catalogue, log, functions: () => served, isOurs })
  onTestFinished(() => folder.close().then(() => (before ? undefined : store.close())))
  await folder.load()
  const told = (part: string) => lines.map((line) => String(JSON.parse(line).msg)).filter((line) => line.includes(part))
  return { path, folder, store, flows, served, told, log: () => lines.join('') }
}

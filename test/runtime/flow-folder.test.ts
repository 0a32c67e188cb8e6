import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { definitionOf } from '../../src/flow/import.ts'
import { STUDIO_LIQUID } from '../../src/liquid/template.ts'
import { wholeMatch } from '../../src/regex/whole-match.ts'
import { FlowFolder } from '../../src/runtime/flow-folder.ts'
import { FlowLibrary } from '../../src/runtime/flows.ts'
import { sqliteStore } from '../../src/store/sqlite.ts'
import { widgets } from '../../src/widgets/index.ts'
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

test('a broken file among others takes none of them down', async () => {
  const { flows, log } = await loaded({ broken: '{', menu: saying('one') })

  expect(flows.list().map(({ name }) => name)).toEqual(['menu'])
  expect(log()).toContain('the flow is not served')
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

test('a broken sids.json leaves every flow under its pinned sid', async () => {
  const sid = `FW${'b'.repeat(32)}`
  const { path, folder, flows, log } = await loaded({ menu: saying('one'), sids: { [sid]: 'menu.json' } })

  for (const text of ['{', '[]', '"menu.json"']) {
    writeFileSync(join(path, 'sids.json'), text)
    await folder.load()
  }

  expect(flows.named('menu')?.sid).toBe(sid)
  expect(log()).toContain('sids.json is no JSON object of flow sids and file names')
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

/** A folder with these files, loaded once. */
async function loaded(files: FlowFiles) {
  const lines: string[] = []
  const sink = new Writable({
    write: (line, _encoding, done) => {
      lines.push(String(line))
      done()
    },
  })
  const log = pino({ level: 'info' }, sink)
  const store = await sqliteStore(':memory:')
  const catalogue = new Map(widgets.map((widget) => [widget.type, widget]))
  const flows = new FlowLibrary(store, { widgets: catalogue, liquid: STUDIO_LIQUID, wholeMatch }, definitionOf)
  const path = folderOf(files)
  const folder = new FlowFolder({ folder: path, store, flows, catalogue, log })
  onTestFinished(() => folder.close().then(() => store.close()))
  await folder.load()
  return { path, folder, store, flows, log: () => lines.join('') }
}

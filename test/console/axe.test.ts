import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { CHROMIUM, type Looking, withBrowser } from './browser.ts'
import { violationsOn } from './violations.ts'

const look = withBrowser()
const inBrowser = test.skipIf(CHROMIUM === undefined)
const MENU = readFileSync('flows/menu.json', 'utf8')
const KINDS = readFileSync('test/console/kinds.json', 'utf8')

/** A page, and what is opened on it. */
type Sight = readonly [page: string, hash: string, open: (page: Page) => Promise<unknown>]

const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).click()
const chooseTab = (name: string) => (page: Page) => page.getByRole('tab', { name }).click()
const see = (selector: string) => (page: Page) => page.locator(selector).first().waitFor()

/** What there is on a small screen, too. */
const EVERYWHERE: readonly Sight[] = [
  ['the flows', '#/flows', async () => undefined],
  ['a new flow', '#/flows', press('New flow')],
  ['a template for a new flow', '#/flows', (page) => beginWith(page, 'Survey')],
  ['JSON for a new flow', '#/flows', (page) => beginWith(page, 'JSON')],
  ['how to connect a number', '#/connect', async () => undefined],
  ['the canvas', '#/flows/menu/canvas', see('.react-flow__node')],
  ['the phone', '#/flows/menu/canvas', press('Try it')],
  ['the phone in a call, with its TwiML', '#/flows/menu/canvas', call],
  ['the phones of two contacts', '#/flows/menu/canvas', callByTwo],
  ['no executions', '#/flows/menu/executions', see('select')],
  ['the counts', '#/flows/menu/executions/counts', see('.react-flow__node')],
  ['the revisions', '#/flows/menu/revisions', see('table')],
  ['a comparison', '#/flows/menu/revisions/1', (page) => page.getByText('0 differences').waitFor()],
  ['the settings', '#/flows/menu/settings', (page) => page.getByLabel('New test user').waitFor()],
]

/** What there is where flows are edited. */
const EDITING: readonly Sight[] = [
  ['the inspector', '#/flows/menu/canvas?sel=menu', see('.cm-content')],
  ['a preview', '#/flows/menu/canvas?sel=menu_choice', (page) => page.getByText('Preview').first().click()],
  ['conditions', '#/flows/menu/canvas?sel=menu_choice', chooseTab('Transitions')],
  [
    'several widgets',
    '#/flows/menu/canvas?sel=menu&sel=menu_choice',
    (page) => page.getByText('Remove them').waitFor(),
  ],
  ['the JSON of a flow', '#/flows/menu/canvas', press('Show Flow JSON')],
  ['the problems', '#/flows/menu/canvas', press(/open end|problem/i)],
  ['finding', '#/flows/menu/canvas', find],
  ['the keys', '#/flows/menu/canvas', (page) => page.keyboard.press('?')],
  ['publishing', '#/flows/menu/canvas?sel=opening_hours', publish],
  ...['Trigger', 'keep', 'hello', 'talk', 'ask', 'pay', 'call'].map(
    (name): Sight => [`the fields of ${name}`, `#/flows/kinds/canvas?sel=${name}`, see('.tab-panel')],
  ),
  ['the transitions of a call', '#/flows/kinds/canvas?sel=call', chooseTab('Transitions')],
  ['the JSON of a strange widget', '#/flows/kinds/canvas?sel=moon', see('.cm-content')],
  ['a template with flaws', '#/flows/kinds/canvas?sel=hello', writeFlaw],
]

const LOOKS: readonly (readonly [where: string, looking: Looking, sights: readonly Sight[]])[] = [
  ['light', { colours: 'light' }, [...EVERYWHERE, ...EDITING]],
  ['dark', { colours: 'dark' }, [...EVERYWHERE, ...EDITING]],
  ['light, on a small screen', { colours: 'light', width: 390, height: 800 }, EVERYWHERE],
  ['dark, on a small screen', { colours: 'dark', width: 390, height: 800 }, EVERYWHERE],
]

for (const [where, looking, sights] of LOOKS) {
  inBrowser(
    `every page can be used with assistive technology: ${where}`,
    async () => {
      const { page, origin, sidOf } = await look({ menu: MENU, kinds: KINDS }, looking)
      for (const [name, hash, open] of sights) {
        await page.goto('about:blank')
        await page.goto(`${origin}/${hash.replace(/(?<=flows\/)\w+/, sidOf)}`)
        await page.getByRole('heading', { level: 1 }).waitFor()
        await open(page)
        expect([name, await violationsOn(page)]).toEqual([name, []])
      }
    },
    300_000,
  )

  inBrowser(`whoever has to sign in can do so with assistive technology: ${where}`, async () => {
    const settings = { TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'token' }
    const { page, origin } = await look({}, { ...looking, settings })
    await page.goto(origin)
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(await violationsOn(page)).toEqual([])
  })
}

async function beginWith(page: Page, what: string): Promise<void> {
  await press('New flow')(page)
  await page.getByLabel('Begin with').selectOption(what)
}

async function call(page: Page): Promise<void> {
  await press('Try it')(page)
  await page.getByRole('button', { name: 'Call', exact: true }).click()
  await page.getByRole('button', { name: '1', exact: true }).and(page.locator(':enabled')).waitFor()
  await page.getByText('TwiML', { exact: true }).click()
}

async function callByTwo(page: Page): Promise<void> {
  await call(page)
  await press('Add a contact')(page)
  await page.getByText('Call the flow, or text it.').waitFor()
}

async function find(page: Page): Promise<void> {
  await press('Find')(page)
  await page.keyboard.type('menu')
  await page.getByRole('list', { name: 'Found' }).getByRole('button').first().waitFor()
}

async function publish(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Audio Complete' }).selectOption('')
  await press('Publish')(page)
}

async function writeFlaw(page: Page): Promise<void> {
  await page.locator('.cm-content').first().click()
  await page.keyboard.insertText('{{ "x" | no_such }} {{flow.variables.town}}')
  await page.locator('.flaw').first().waitFor()
}

import { readFileSync } from 'node:fs'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { CHROMIUM, withBrowser } from './browser.ts'
import { corpusFiles, definitionIn } from './corpus.ts'

const look = withBrowser()
const inBrowser = test.skipIf(CHROMIUM === undefined)
const MENU = readFileSync('flows/menu.json', 'utf8')
const files = corpusFiles()

/** Every page, and what is opened on it. */
const PAGES: readonly (readonly [page: string, hash: string, open: (page: Page) => Promise<unknown>])[] = [
  ['the flows', '#/flows', async () => undefined],
  ['a new flow', '#/flows', (page) => page.getByRole('button', { name: 'New flow' }).click()],
  [
    'a template for a new flow',
    '#/flows',
    async (page) => {
      await page.getByRole('button', { name: 'New flow' }).click()
      await page.getByLabel('Begin with').selectOption('Survey')
    },
  ],
  ['how to connect a number', '#/connect', async () => undefined],
  ['the canvas', '#/flows/FLOW/canvas', (page) => page.locator('.react-flow__node').first().waitFor()],
  ['the inspector', '#/flows/FLOW/canvas?sel=menu', (page) => page.locator('.cm-content').first().waitFor()],
  [
    'a preview',
    '#/flows/FLOW/canvas?sel=menu_choice',
    (page) => page.getByText('Preview', { exact: true }).first().click(),
  ],
  [
    'conditions',
    '#/flows/FLOW/canvas?sel=menu_choice',
    (page) => page.getByRole('tab', { name: 'Transitions' }).click(),
  ],
  [
    'several widgets',
    '#/flows/FLOW/canvas?sel=menu&sel=menu_choice',
    (page) => page.getByText('Remove them').waitFor(),
  ],
  ['the JSON of a flow', '#/flows/FLOW/canvas', (page) => page.getByRole('button', { name: 'Show Flow JSON' }).click()],
  ['the problems', '#/flows/FLOW/canvas', (page) => page.getByRole('button', { name: /open end|problem/i }).click()],
  ['finding', '#/flows/FLOW/canvas', (page) => page.getByRole('button', { name: 'Find' }).click()],
  ['the keys', '#/flows/FLOW/canvas', (page) => page.keyboard.press('?')],
  ['the phone', '#/flows/FLOW/canvas', (page) => page.getByRole('button', { name: 'Try it' }).click()],
  [
    'the phones of two contacts',
    '#/flows/FLOW/canvas',
    async (page) => {
      await page.getByRole('button', { name: 'Try it' }).click()
      await page.getByRole('button', { name: 'Add a contact' }).click()
    },
  ],
  ['no executions', '#/flows/FLOW/executions', (page) => page.getByLabel('Status').waitFor()],
  ['the counts', '#/flows/FLOW/executions/counts', (page) => page.locator('.react-flow__node').first().waitFor()],
  ['the revisions', '#/flows/FLOW/revisions', (page) => page.getByRole('table').waitFor()],
  ['a comparison', '#/flows/FLOW/revisions/1', (page) => page.getByText('0 differences').waitFor()],
  ['the settings', '#/flows/FLOW/settings', (page) => page.getByLabel('New test user').waitFor()],
]

for (const colours of ['light', 'dark'] as const) {
  inBrowser(`every page in its ${colours} colours can be used with assistive technology`, async () => {
    const { page, origin, sidOf } = await look({ menu: MENU }, { colours })
    for (const [name, hash, open] of PAGES) {
      await page.goto('about:blank')
      await page.goto(`${origin}/${hash.replace('FLOW', sidOf('menu'))}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await open(page)
      expect([name, await violationsOn(page)]).toEqual([name, []])
    }
  })
}

inBrowser('what is loaded to see a flow is less than 200 kB', async () => {
  const { page, origin, sidOf, received } = await look({ menu: MENU })
  await page.goto(`${origin}/#/flows/${sidOf('menu')}/canvas`)
  await page.locator('.react-flow__node').first().waitFor()
  expect(received()).toBeLessThan(200_000)
})

test.skipIf(CHROMIUM === undefined || files.length === 0)(
  'every real flow opens, with all of its widgets',
  async () => {
    const flows = Object.fromEntries(files.map((file) => [file.replace(/\.json$/, ''), definitionIn(file)]))
    const { page, origin, sidOf } = await look(flows)
    for (const name of Object.keys(flows)) {
      const sid = sidOf(name)
      if (!sid.startsWith('FW')) continue // one of the few that the server refuses
      await page.goto(`${origin}/#/flows/${sid}/canvas`)
      await page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
      await page.locator('.react-flow__node').first().waitFor()
    }
  },
  600_000,
)

// Once more where the machine was busy with something else.
inBrowser(
  'a flow of a thousand widgets is there within three seconds, and is zoomed without a hitch',
  { retry: 3 },
  async () => {
    const { page, origin, sidOf } = await look({ large: large(1000) })
    const begun = Date.now()
    await page.goto(`${origin}/#/flows/${sidOf('large')}/canvas`)
    await page.locator('.react-flow__node').first().waitFor()
    expect(Date.now() - begun).toBeLessThan(3000)

    await page.mouse.move(500, 400)
    await page.evaluate(WATCH_FRAMES)
    for (let turn = 0; turn < 40; turn++) {
      await page.mouse.wheel(0, turn < 20 ? 60 : -60)
      await page.waitForTimeout(20)
    }
    const frames = await page.evaluate<number[]>('window.noted')
    expect(frames.sort((one, other) => one - other)[Math.floor(frames.length / 2)]).toBeLessThan(100)
  },
)

/** Notes how long each frame takes. */
const WATCH_FRAMES = `
  window.noted = []
  let last = performance.now()
  const tick = (now) => { window.noted.push(now - last); last = now; requestAnimationFrame(tick) }
  requestAnimationFrame(tick)
  undefined
`

/** What axe-core finds on a page, in a word each. */
async function violationsOn(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  return page.evaluate<string[]>(
    "axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => id + ': ' + html.slice(0, 160) + ' ' + any.map((one) => one.message).join())))",
  )
}

function large(count: number): unknown {
  const name = (place: number) => (place < count ? `widget_${place}` : undefined)
  const widgets = Array.from({ length: count }, (_, place) => ({
    name: name(place),
    type: 'gather-input-on-call',
    transitions: [
      { event: 'keypress', next: name(place + 1) },
      { event: 'speech', next: name(place) },
      { event: 'timeout', next: name(place + 30) },
    ],
    properties: { say: `Question ${place}`, offset: { x: (place % 30) * 280, y: 200 + Math.floor(place / 30) * 200 } },
  }))
  const trigger = {
    name: 'Trigger',
    type: 'trigger',
    transitions: [{ event: 'incomingCall', next: name(0) }],
    properties: { offset: { x: 0, y: 0 } },
  }
  return {
    description: 'Large',
    states: [trigger, ...widgets],
    initial_state: 'Trigger',
    flags: { allow_concurrent_calls: true },
  }
}

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CHROMIUM, withBrowser } from './browser.ts'
import { corpusFiles, definitionIn } from './corpus.ts'

const look = withBrowser()
const inBrowser = test.skipIf(CHROMIUM === undefined)
const MENU = readFileSync('flows/menu.json', 'utf8')
const files = corpusFiles()

inBrowser('what is loaded to see a flow is less than 200 kB', async () => {
  const { page, origin, sidOf, received } = await look({ menu: MENU })
  await page.goto(`${origin}/#/flows/${sidOf('menu')}/canvas`)
  await page.locator('.react-flow__node').first().waitFor()
  expect(received()).toBeLessThan(200_000)
})

inBrowser('the webhook URL of a flow is read whole', async () => {
  const { page, origin, sidOf } = await look({ menu: MENU })
  for (const hash of [`flows/${sidOf('menu')}/settings`, 'connect']) {
    await page.goto(`${origin}/#/${hash}`)
    await page
      .locator('.copy-text code')
      .getByText(`Flows/${sidOf('menu')}`)
      .waitFor()
    expect([hash, await page.evaluate<string[]>(CUT_OFF)]).toEqual([hash, []])
  }
})

/** Texts to be copied that end in three dots. */
const CUT_OFF = `[...document.querySelectorAll('.copy-text code')]
  .filter((code) => code.scrollWidth > code.clientWidth)
  .map((code) => code.textContent)`

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
inBrowser.each(['canvas', 'executions/counts'])(
  'a flow of a thousand widgets is there within three seconds on the page %s, and zoomed without a hitch',
  { retry: 3 },
  async (view) => {
    const { page, origin, sidOf } = await look({ large: large(1000) })
    const begun = Date.now()
    await page.goto(`${origin}/#/flows/${sidOf('large')}/${view}`)
    await page.locator('.react-flow__node').first().waitFor()
    expect(Date.now() - begun).toBeLessThan(3000)

    await page.mouse.move(500, 400)
    await page.evaluate(WATCH_FRAMES)
    for (const wheel of FROM_NEAR_TO_FAR_AND_BACK) {
      await page.mouse.wheel(0, wheel)
      await page.waitForTimeout(20)
    }
    const frames = await page.evaluate<number[]>('window.noted')
    expect(frames.sort((one, other) => one - other)[Math.floor(frames.length * 0.95)]).toBeLessThan(100)
  },
)

const FROM_NEAR_TO_FAR_AND_BACK = [...Array(15).fill(-80), ...Array(50).fill(80), ...Array(40).fill(-80)]

/** Notes how long each frame takes. */
const WATCH_FRAMES = `
  window.noted = []
  let last = performance.now()
  const tick = (now) => { window.noted.push(now - last); last = now; requestAnimationFrame(tick) }
  requestAnimationFrame(tick)
  undefined
`

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

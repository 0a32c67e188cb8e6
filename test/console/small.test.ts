import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { call } from '../support/server.ts'
import { CHROMIUM, withBrowser } from './browser.ts'

const look = withBrowser()
const inBrowser = test.skipIf(CHROMIUM === undefined)
const MENU = readFileSync('flows/menu.json', 'utf8')
const SMALL = { width: 390, height: 800 } as const

inBrowser('a flow is called on a screen of the size of a phone', async () => {
  const { page, origin, sidOf } = await look({ menu: MENU }, SMALL)
  await page.goto(`${origin}/#/flows/${sidOf('menu')}/canvas`)
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByRole('button', { name: 'Call', exact: true }).click()
  await page.getByRole('button', { name: '1', exact: true }).and(page.locator(':enabled')).click()
  await page.getByText('Call ended').waitFor()
  await page.getByRole('link', { name: 'Open the execution' }).click()
  await page.getByText('step 6 of 6').waitFor()
})

inBrowser('no page is wider than a small screen', async () => {
  const { page, origin, sidOf } = await look({ menu: MENU }, SMALL)
  await page.request.post(`${origin}/flows/menu`, { form: call({ From: `+1${'5'.repeat(30)}` }) })
  const ofFlow = ['executions', 'revisions', 'settings'].map((view) => `flows/${sidOf('menu')}/${view}`)
  for (const hash of ['flows', 'connect', ...ofFlow]) {
    await page.goto(`${origin}/#/${hash}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    expect([hash, await page.evaluate<number>('document.documentElement.scrollWidth')]).toEqual([hash, SMALL.width])
    expect([hash, await page.evaluate<string[]>(CUT_OFF)]).toEqual([hash, []])
  }
})

/** The frames of tables that have to be scrolled sideways. */
const CUT_OFF = `[...document.querySelectorAll('.table-frame')]
  .filter((frame) => frame.scrollWidth > frame.clientWidth)
  .map((frame) => frame.textContent)`

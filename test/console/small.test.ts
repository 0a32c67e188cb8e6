import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
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
  for (const hash of ['flows', 'connect', `flows/${sidOf('menu')}/revisions`, `flows/${sidOf('menu')}/settings`]) {
    await page.goto(`${origin}/#/${hash}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    expect([hash, await page.evaluate<number>('document.documentElement.scrollWidth')]).toEqual([hash, SMALL.width])
  }
})

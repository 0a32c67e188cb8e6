import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { test } from 'vitest'
import { CHROMIUM, type Looking, withBrowser } from './browser.ts'

/** `PICTURES=docs npx vitest run test/console/pictures.test.ts` takes the pictures of the docs anew. */
const FOLDER = process.env.PICTURES ?? ''
const look = withBrowser()
const toTake = test.skipIf(CHROMIUM === undefined || FOLDER === '')
const SIZE = { width: 1280, height: 800 } as const

toTake('console-edit', async () => {
  const { page, take } = await opened('?sel=opening_hours', SIZE)
  await page.locator('.cm-content').first().click()
  await page.keyboard.press('Control+End')
  await page.keyboard.insertText(' You are number {{flow.variables.atempts | plus: 1 | to_words}}.')
  await page.locator('.flaw').first().waitFor()
  await take('console-edit')
})

toTake('console-phone', async () => {
  const { page, take } = await opened('?sel=menu', SIZE)
  await call(page, '9')
  await page.getByText('Sorry, I did not get that.').first().waitFor()
  await take('console-phone')
})

toTake('console-execution', async () => {
  const { page, take } = await opened('?sel=menu_choice', { ...SIZE, colours: 'dark' })
  await call(page, '1')
  await page.getByText('Call ended').waitFor()
  await page.getByRole('link', { name: 'Open the execution' }).click()
  await page.getByText('step 6 of 6').waitFor()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await page.getByText('step 4 of 6').waitFor()
  await take('console-execution')
})

async function opened(selection: string, looking: Looking) {
  const { page, origin, sidOf } = await look({ menu: readFileSync('flows/menu.json', 'utf8') }, looking)
  await page.goto(`${origin}/#/flows/${sidOf('menu')}/canvas${selection}`)
  await page.locator('.react-flow__node').first().waitFor()
  await page.waitForTimeout(SETTLED_MS)
  await page.getByRole('button', { name: 'Zoom Out' }).click({ clickCount: 2, delay: SETTLED_MS / 2 })
  return {
    page,
    async take(name: string) {
      await page.waitForTimeout(SETTLED_MS)
      await page.screenshot({ path: join(FOLDER, `${name}.png`) })
    },
  }
}

async function call(page: Page, key: string): Promise<void> {
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByRole('button', { name: 'Call', exact: true }).click()
  await page.getByRole('button', { name: key, exact: true }).and(page.locator(':enabled')).click()
}

/** As long as an animation of the canvas takes. */
const SETTLED_MS = 800

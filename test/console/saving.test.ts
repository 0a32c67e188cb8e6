import { readFileSync } from 'node:fs'
import type { Dialog, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { CHROMIUM, withBrowser } from './browser.ts'

const look = withBrowser()
const inBrowser = test.skipIf(CHROMIUM === undefined)
const MENU = readFileSync('flows/menu.json', 'utf8')

inBrowser('a flow is left with edits that are not saved only when somebody says so', async () => {
  const { page, origin, sidOf } = await look({ menu: MENU })
  await page.goto(origin)
  await page.getByRole('link', { name: 'menu', exact: true }).click()
  await rename(page, 'opening_hours', 'our_hours')

  const asked: string[] = []
  const stay = (dialog: Dialog) => {
    asked.push(dialog.message())
    return dialog.dismiss()
  }
  page.on('dialog', stay)
  await page.getByRole('link', { name: 'Executions' }).click()
  await page.getByRole('link', { name: 'Canvas', exact: true }).click()
  expect(asked).toEqual([])
  await page.getByRole('link', { name: 'Flows', exact: true }).click()
  await page.getByRole('group', { name: 'Say/Play: our_hours', exact: true }).waitFor()
  await page.evaluate('history.back()')
  await page.getByRole('link', { name: 'Flows', exact: true }).click()
  await page.getByRole('group', { name: 'Say/Play: our_hours', exact: true }).waitFor()
  expect(asked).toEqual(Array(3).fill('Leave menu without saving? What was edited is lost.'))
  expect(page.url()).toContain(`#/flows/${sidOf('menu')}/canvas`)

  page.off('dialog', stay)
  page.once('dialog', (dialog) => dialog.accept())
  await page.getByRole('link', { name: 'Flows', exact: true }).click()
  await page.getByRole('heading', { name: 'Flows' }).waitFor()
})

async function rename(page: Page, from: string, to: string): Promise<void> {
  await page.getByRole('group', { name: new RegExp(`: ${from}$`) }).click()
  await page.getByLabel('Widget name').fill(to)
  await page.keyboard.press('Enter')
  await page.getByRole('group', { name: new RegExp(`: ${to}$`) }).waitFor()
}

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

inBrowser('what somebody else has saved meanwhile is not overwritten unseen', async () => {
  const { page, origin, sidOf } = await look({ menu: MENU })
  const address = `${origin}/#/flows/${sidOf('menu')}/canvas`
  const other = await page.context().newPage()
  await other.goto(address)
  await page.goto(address)
  await rename(other, 'opening_hours', 'their_hours')
  await other.keyboard.press('Control+s')
  await other.getByText('Revision 2 · draft').waitFor()

  await rename(page, 'menu', 'my_menu')
  await page.keyboard.press('Control+s')
  await page.getByRole('alert').getByText('Somebody else has saved revision 2').waitFor()
  expect(await revisionOf(page, sidOf('menu'))).toBe(2)

  await page.getByRole('button', { name: 'Save draft' }).click()
  await page.getByText('Revision 3 · draft').waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
})

inBrowser('a save that is asked for twice makes one revision', async () => {
  const { page, origin, sidOf } = await look({ menu: MENU })
  await page.goto(`${origin}/#/flows/${sidOf('menu')}/canvas`)
  await rename(page, 'menu', 'my_menu')
  await page.evaluate(`for (const _ of [1, 2])
    dispatchEvent(new KeyboardEvent('keydown', { key: 's', code: 'KeyS', ctrlKey: true }))`)
  await page.getByText('Revision 2 · draft').waitFor()
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).dblclick()
  await page.getByText('Revision 3 · published').waitFor()
  await page.waitForLoadState('networkidle')
  expect(await revisionOf(page, sidOf('menu'))).toBe(3)
})

inBrowser('what could not be saved is told until it is', async () => {
  const { page, origin, sidOf } = await look({ menu: MENU }, { refusal: 503 })
  await page.goto(`${origin}/#/flows/${sidOf('menu')}/canvas`)
  await rename(page, 'menu', 'my_menu')
  await page.route('**/v2/Flows/*', (route) => route.fulfill({ status: 503, json: { message: 'The disk is full' } }))
  await page.keyboard.press('Control+s')
  await page.getByRole('alert').getByText('The disk is full').waitFor()
  await page.unroute('**/v2/Flows/*')
  await page.keyboard.press('Control+s')
  await page.getByText('Revision 2 · draft').waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
})

async function rename(page: Page, from: string, to: string): Promise<void> {
  await page.getByRole('group', { name: new RegExp(`: ${from}$`) }).click()
  await page.getByLabel('Widget name').fill(to)
  await page.keyboard.press('Enter')
  await page.getByRole('group', { name: new RegExp(`: ${to}$`) }).waitFor()
}

function revisionOf(page: Page, sid: string): Promise<number> {
  return page.evaluate<number>(
    `fetch('/v2/Flows/${sid}').then((answer) => answer.json()).then((flow) => flow.revision)`,
  )
}

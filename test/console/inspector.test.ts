import { readFileSync } from 'node:fs'
import type { Page, Route } from 'playwright-core'
import { expect, test } from 'vitest'
import { CHROMIUM, withBrowser } from './browser.ts'

const look = withBrowser()
const inBrowser = test.skipIf(CHROMIUM === undefined)

inBrowser('what is wrong in a template is underlined at its place while it is written', async () => {
  const { page, open } = await looking()
  await open('hello')
  await write(page, 'Text to say', 'Hi {{ "x" | no_such }} and {{flow.variables.town}}')
  await expect.poll(() => flaws(page)).toEqual(['no_such', 'flow.variables.town'])
  expect(await page.locator('.flaw').first().getAttribute('title')).toContain("there is no filter 'no_such'")
  await write(page, 'Text to say', 'Hi {{ "x" | upcase }}')
  await expect.poll(() => flaws(page)).toEqual([])
})

inBrowser('pairs, conditions, JSON and numbers have their templates checked and previewed, too', async () => {
  const { page, open, call } = await looking()
  await call()

  await open('keep')
  await write(page, 'Variables 1: value', '{{ contact.channel.address | no_such }}')
  await expect.poll(() => flaws(page)).toEqual(['no_such'])
  await write(page, 'Variables 1: value', '{{ contact.channel.address | slice: 0 }}')
  expect(await preview(page)).toBe('from = +')

  await open('split')
  await page.getByRole('tab', { name: 'Transitions' }).click()
  await write(page, 'Value', '{{ flow.variables.from }}')
  expect(await preview(page)).toMatch(/^\+\d+$/)
  await write(page, 'Value', '{{ flow.variables.town }}')
  await expect.poll(() => flaws(page)).toEqual(['flow.variables.town'])

  await open('talk')
  await write(page, 'Participant', '[{ "address": "{{ flow.variables.town }}" }]')
  await expect.poll(() => flaws(page)).toEqual(['flow.variables.town'])
  await write(page, 'Participant', '[{ "address": "{{ flow.variables.from }}" }]')
  expect(await preview(page)).toMatch(/^\[\s+\{\s+"address": "\+\d/)

  await open('hello')
  await page.getByLabel('Number of loops').fill('{{ "x" | no_such }}')
  await page.locator('input[aria-invalid=true]').waitFor()
  await page.getByLabel('Number of loops').fill('{{ 1 | plus: 1 }}')
  expect(await preview(page)).toBe('2')
})

inBrowser('who writes before the editor is there goes on where they are', async () => {
  const { page, open } = await looking()
  const asked = new Promise<Route>((resolve) => void page.route('**/code-mirror*.js', resolve))
  await open('hello')
  const field = page.locator('textarea[aria-label="Text to say"]')
  await field.fill('Hello')
  await field.press('ArrowLeft')
  await page.keyboard.press('Shift+ArrowLeft')
  await (await asked).continue()
  await page.locator('.cm-editor.cm-focused').waitFor()
  await page.keyboard.type('p, ')
  expect(await page.getByRole('textbox', { name: 'Text to say' }).textContent()).toBe('Help, o')
})

/** A flow with a widget for each kind of field. */
async function looking() {
  const { page, origin, sidOf } = await look({
    kinds: JSON.parse(readFileSync(`${import.meta.dirname}/kinds.json`, 'utf8')),
  })
  const canvas = `${origin}/#/flows/${sidOf('kinds')}/canvas`
  return {
    page,
    async open(widget: string) {
      await page.goto(`${canvas}?sel=${widget}`)
      await page.locator('.inspector-head').waitFor()
    },
    async call() {
      await page.goto(canvas)
      await page.getByRole('button', { name: 'Try it' }).click()
      await page.getByRole('button', { name: 'Call', exact: true }).click()
      await page.getByText('Call ended').waitFor()
      await page.getByRole('button', { name: 'Put the phone away' }).click()
    },
  }
}

async function write(page: Page, label: string, words: string): Promise<void> {
  await page
    .locator('.cm-content')
    .and(page.getByRole('textbox', { name: label, exact: true }))
    .click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(words)
}

function flaws(page: Page): Promise<readonly string[]> {
  return page.locator('.code .flaw').allTextContents()
}

/** What the first preview shows. */
async function preview(page: Page): Promise<string> {
  await page.getByText('Preview', { exact: true }).first().click()
  const shown = page.locator('.preview-text').first()
  await expect.poll(() => shown.textContent()).not.toBe('')
  return (await shown.textContent()) ?? ''
}

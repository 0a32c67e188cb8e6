import { readFileSync } from 'node:fs'
import type { Page, Route } from 'playwright-core'
import { expect, test } from 'vitest'
import { CHROMIUM, withBrowser } from './browser.ts'

const look = withBrowser()
const inBrowser = test.skipIf(CHROMIUM === undefined)
const MENU = readFileSync('flows/menu.json', 'utf8')

inBrowser('a file that is broken is told of above the flows', async () => {
  const { page, origin } = await look({ menu: MENU, wrong: '{"states": [' })
  await page.goto(origin)
  await page.getByText(/^wrong\.json:1:13 .*\. The flow is not served until the file is mended\.$/).waitFor()
  await page.getByRole('link', { name: 'menu', exact: true }).waitFor()
})

inBrowser('a flow is imported, changed, put back as it was, published, called, compared and restored', async () => {
  const { page, origin } = await look({})
  await page.goto(origin)
  await page.getByRole('button', { name: 'New flow' }).click()
  await page.getByLabel('Flow name').fill('Front desk')
  await page.getByLabel('Begin with').selectOption('JSON')
  await page.getByLabel('or from a file').setInputFiles('flows/menu.json')
  await page.getByRole('button', { name: 'Create' }).click()
  await page.getByRole('heading', { name: 'Front desk' }).waitFor()

  await page.keyboard.press('Control+f')
  await page.keyboard.type('hours')
  await page.keyboard.press('Enter')
  await expectSelected(page, 'Say/Play: opening_hours')
  await type(page, 'Text to say', 'We are open from nine to five.')
  await expect.poll(() => text(page, 'Say/Play: opening_hours')).toContain('We are open from nine to five.')

  const edges = await page.locator('.react-flow__edge').count()
  await page.getByRole('combobox', { name: 'Audio Complete' }).selectOption('')
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(edges - 1)
  await page.getByRole('combobox', { name: 'Audio Complete' }).selectOption('menu')
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(edges)

  while (await page.getByRole('button', { name: 'Undo' }).isEnabled())
    await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Saved' }).waitFor()
  expect(await flowJson(page)).toEqual(JSON.parse(MENU))

  await page.getByRole('button', { name: 'Redo' }).click()
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByLabel('What has changed').fill('New opening hours')
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
  await page.getByText('Revision 2 · published').waitFor()

  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByRole('button', { name: 'Call', exact: true }).click()
  await page.getByRole('button', { name: '1', exact: true }).and(page.locator(':enabled')).click()
  await page.getByText('We are open from nine to five.').first().waitFor()
  await page.getByText('Call ended').waitFor()
  await expect.poll(() => page.locator('.card.visited').count()).toBe(6)
  await page.getByRole('link', { name: 'Open the execution' }).click()
  await page.getByRole('group', { name: 'Split Based On...: menu_choice', exact: true }).click()
  await page.getByText('"1" Equal To "1"').waitFor()

  await page.getByRole('link', { name: 'Revisions' }).click()
  await page.getByRole('cell', { name: 'New opening hours' }).waitFor()
  await page.getByRole('link', { name: 'Compare with revision 1' }).click()
  await page.getByText('1 difference').waitFor()
  await page.getByText('Text to say is "We are open from nine to five."').waitFor()
  await page.getByRole('group', { name: 'Say/Play: opening_hours' }).getByText('changed').waitFor()
  await page.getByRole('button', { name: 'Restore revision 1' }).click()
  await page.getByRole('button', { name: 'Save draft' }).click()
  await page.getByText('Revision 3 · draft').waitFor()
  expect(await flowJson(page)).toEqual(JSON.parse(MENU))
})

inBrowser('a flow is made of a template, which gives it its name', async () => {
  const { page, origin } = await look({})
  await page.goto(origin)
  await page.getByRole('button', { name: 'New flow' }).click()
  await page.getByLabel('Begin with').selectOption('Phone menu')
  await page.getByText('A phone menu: press 1 for the opening hours').waitFor()
  await page.getByRole('button', { name: 'Create' }).click()
  await page.getByRole('heading', { name: 'Phone menu' }).waitFor()
  expect(await flowJson(page)).toEqual(JSON.parse(MENU))
})

inBrowser('a dot is dragged to a card, and the connection taken away again', async () => {
  const { page, origin, sidOf } = await look({ menu: MENU })
  await page.goto(`${origin}/#/flows/${sidOf('menu')}/canvas?sel=menu&sel=opening_hours`)
  await page.getByRole('group', { name: 'Gather Input On Call: menu', exact: true }).waitFor()
  await page.waitForTimeout(SETTLED_MS)
  const edges = await page.locator('.react-flow__edge').count()
  await drag(page, { from: '[data-id="menu"] [data-handleid="1"]', to: '[data-id="opening_hours"]' })
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(edges + 1)
  expect(await flowJson(page)).toMatchObject({ states: expect.arrayContaining([spoken('opening_hours')]) })

  await page.locator('[data-id="menu/1"] .react-flow__edge-interaction').dispatchEvent('click')
  await page.keyboard.press('Delete')
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(edges)
})

inBrowser('widgets are copied, pasted, duplicated, moved and removed by keys', async () => {
  const { page, origin, sidOf } = await look({ menu: MENU })
  await page.goto(`${origin}/#/flows/${sidOf('menu')}/canvas`)
  const card = page.getByRole('group', { name: 'Say/Play: opening_hours', exact: true })
  await card.click()
  const cards = await page.locator('.react-flow__node').count()
  await page.keyboard.press('Control+c')
  await page.keyboard.press('Control+v')
  await expectSelected(page, 'Say/Play: opening_hours_1')
  await page.keyboard.press('Control+d')
  await expectSelected(page, 'Say/Play: opening_hours_2')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Delete')
  await expect.poll(() => page.locator('.react-flow__node').count()).toBe(cards + 1)
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  expect(await flowJson(page)).toEqual(JSON.parse(MENU))
})

inBrowser('Backspace in a field removes no widget', async () => {
  const { page, origin, sidOf } = await look({ menu: MENU })
  await page.goto(`${origin}/#/flows/${sidOf('menu')}/canvas?sel=opening_hours`)
  await page.getByRole('textbox', { name: 'Text to say' }).click()
  await page.keyboard.press('Backspace')
  await page.getByLabel('Widget name').click()
  await page.keyboard.press('Backspace')
  expect(await page.getByRole('group', { name: /opening_hours/ }).count()).toBeGreaterThan(0)
})

inBrowser('a widget of a type that nobody knows is drawn, and edited as JSON', async () => {
  const flow = JSON.parse(MENU)
  const strange = {
    name: 'strange',
    type: 'send-to-moon',
    transitions: [{ event: 'landed', next: 'menu' }],
    properties: { crew: 3 },
  }
  const { page, origin, sidOf } = await look({ moon: { ...flow, states: [...flow.states, strange] } })
  await page.goto(`${origin}/#/flows/${sidOf('moon')}/canvas?sel=strange`)
  await expectSelected(page, 'send-to-moon: strange')
  await type(page, 'JSON of the widget', JSON.stringify({ ...strange, properties: { crew: 4 } }))
  await page.getByRole('button', { name: 'Apply' }).click()
  expect(await flowJson(page)).toMatchObject({
    states: expect.arrayContaining([expect.objectContaining({ properties: { crew: 4 } })]),
  })
})

inBrowser('a draft is called with the phone, and the way of the call is on the canvas', async () => {
  const { page, origin, sidOf } = await look({ menu: MENU })
  await page.goto(`${origin}/#/flows/${sidOf('menu')}/canvas?sel=opening_hours`)
  await type(page, 'Text to say', 'Only the draft says this.')
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByRole('button', { name: 'Call', exact: true }).click()
  await page.getByRole('button', { name: '1', exact: true }).and(page.locator(':enabled')).click()
  await page.getByText('Only the draft says this.').first().waitFor()
  await page.getByText('Call ended').waitFor()
  await page.getByText('Revision 2 · draft').waitFor()

  await page.getByRole('link', { name: 'Open the execution' }).click()
  await page.getByText('step 6 of 6').waitFor()
  await expect.poll(() => page.locator('.card.visited').count()).toBe(6)
  await expect.poll(() => page.locator('.transition.taken').count()).toBe(5)
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await page.getByText('step 4 of 6').waitFor()
  await page.getByText('"1" Equal To "1"').waitFor()
  expect(page.url()).toContain('?step=4')
  await page.getByText('filled from {{widgets.menu.Digits}}').waitFor()

  await page.getByRole('link', { name: 'Executions' }).click()
  await page.getByRole('cell', { name: 'Ended' }).first().waitFor()
})

inBrowser('a template is seen as an execution would fill it, and why it could not', async () => {
  const { page, origin, sidOf } = await look({ menu: MENU })
  await page.goto(`${origin}/#/flows/${sidOf('menu')}/canvas`)
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByRole('button', { name: 'Call', exact: true }).click()
  await page.getByRole('link', { name: 'Open the execution' }).waitFor()
  await page.getByRole('button', { name: 'Put the phone away' }).click()
  await page.getByRole('group', { name: 'Say/Play: opening_hours', exact: true }).click()
  await type(page, 'Text to say', 'Called {{flow.channel.address | prepend: "by "}}')
  await page.getByText('Preview', { exact: true }).click()
  await page.getByText(/^Called by \+9990/).waitFor()

  await type(page, 'Text to say', 'Called {{flow.channel.address | no_such_filter}}')
  await page.locator('.preview').getByText('no_such_filter').waitFor()
})

inBrowser('two contacts try a flow side by side', async () => {
  const { page, origin, sidOf } = await look({ menu: MENU })
  await page.goto(`${origin}/#/flows/${sidOf('menu')}/canvas`)
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByRole('button', { name: 'Call', exact: true }).click()
  await page.getByRole('button', { name: '1', exact: true }).and(page.locator(':enabled')).waitFor()
  const first = await page.getByRole('link', { name: 'Open the execution' }).getAttribute('href')

  await page.getByRole('button', { name: 'Add a contact' }).click()
  await page.getByText('Call the flow, or text it.').waitFor()
  const link = page.getByRole('link', { name: 'Open the execution' })
  expect(await link.count()).toBe(0)
  await page.getByRole('button', { name: 'Call', exact: true }).click()
  await page.getByRole('button', { name: 'Hang up' }).click()
  await page.getByText('Call ended').waitFor()
  expect(await link.getAttribute('href')).not.toBe(first)

  await page.getByRole('group', { name: 'Contacts' }).getByRole('button').first().click()
  await page.getByRole('button', { name: 'Hang up' }).waitFor()
  await expect.poll(() => link.getAttribute('href')).toBe(first)
})

inBrowser('all that a caller can do is in sight on a laptop', async () => {
  const { page, origin, sidOf } = await look({ menu: MENU })
  await page.goto(`${origin}/#/flows/${sidOf('menu')}/canvas`)
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByRole('button', { name: 'Call', exact: true }).click()
  const hangUp = page.getByRole('button', { name: 'Hang up' })
  await hangUp.waitFor()
  const { y = 0, height = 0 } = (await hangUp.boundingBox()) ?? {}
  expect(y).toBeGreaterThan(0)
  expect(y + height).toBeLessThanOrEqual(720)
})

inBrowser('test users of a flow are added and removed', async () => {
  const { page, origin, sidOf } = await look({ menu: MENU })
  await page.goto(`${origin}/#/flows/${sidOf('menu')}/settings`)
  for (const contact of ['+15550001', 'whatsapp:+15550002']) {
    await page.getByLabel('New test user').fill(contact)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: `Remove ${contact}` }).waitFor()
  }
  const kept = page.waitForResponse((response) => response.url().endsWith('/TestUsers'))
  await page.getByRole('button', { name: 'Remove +15550001' }).click()
  await kept
  const users = page.getByRole('region', { name: 'Test users' }).getByRole('listitem')
  await expect.poll(() => users.allTextContents()).toEqual(['whatsapp:+15550002'])

  await page.reload()
  await page.getByRole('button', { name: 'Remove whatsapp:+15550002' }).click()
  await expect.poll(() => users.count()).toBe(0)
})

inBrowser('a flow is texted, and answers', async () => {
  const { page, origin, sidOf } = await look({ survey: readFileSync('flows/survey.json', 'utf8') })
  await page.goto(`${origin}/#/flows/${sidOf('survey')}/canvas`)
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByRole('textbox', { name: 'Message' }).fill('Hello')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('list', { name: 'Conversation' }).getByText('How happy are you with us?').waitFor()
  await page.keyboard.type('5') // the next one is written at once
  expect(await page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('5')
})

inBrowser('cards in focus are chosen, inspected and removed without a mouse', async () => {
  const { page, origin, sidOf } = await look({ menu: MENU })
  await page.goto(`${origin}/#/flows/${sidOf('menu')}/canvas`)
  await page.getByRole('group', { name: 'Say/Play: opening_hours', exact: true }).focus()
  await page.keyboard.press('Enter')
  await expectSelected(page, 'Say/Play: opening_hours')
  await page.keyboard.press('Enter')
  await page.getByRole('tab', { name: 'Config' }).and(page.locator(':focus')).waitFor()
  await page.getByRole('group', { name: 'Gather Input On Call: menu', exact: true }).focus()
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => page.locator('.react-flow__node.selected').count()).toBe(2)
  const cards = await page.locator('.react-flow__node').count()
  await page.keyboard.press('Delete')
  await expect.poll(() => page.locator('.react-flow__node').count()).toBe(cards - 2)
})

inBrowser('nothing can be done with a phone that is still fetched', async () => {
  const { page, origin, sidOf } = await look({ menu: MENU })
  const asked = new Promise<Route>((resolve) => void page.route('**/api/phones', resolve))
  await page.goto(`${origin}/#/flows/${sidOf('menu')}/canvas`)
  await page.getByRole('button', { name: 'Try it' }).click()
  const call = page.getByRole('button', { name: 'Call', exact: true })
  expect(await call.isDisabled()).toBe(true)
  await (await asked).continue()
  await call.click()
  await page.getByText('Call begins').waitFor()
})

inBrowser('a phone that the server knows no more says why, and that it is taken again', async () => {
  const { page, origin, sidOf } = await look({ menu: MENU }, { refusal: 404 })
  await page.goto(`${origin}/#/flows/${sidOf('menu')}/canvas`)
  await page.route('**/api/phones/*/events', (route) => route.fulfill({ status: 404 }), { times: 1 })
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByRole('alert').getByText('The phone was taken back: the server has begun anew.').waitFor()
  await page.getByRole('button', { name: 'Put the phone away' }).click()

  const taken = page.waitForResponse((response) => response.url().endsWith('/api/phones'))
  await page.getByRole('button', { name: 'Try it' }).click()
  const { sid } = await (await taken).json()
  await page.getByText('Call the flow, or text it.').waitFor()
  await page.evaluate(`fetch('/api/phones/${sid}', { method: 'DELETE' })`)
  await page.getByRole('alert').getByText('The phone was taken back: it was given back.').waitFor()
})

inBrowser('a call that is connected with somebody goes on when that one hangs up', async () => {
  const { page, origin, sidOf } = await look({ dial: DIAL })
  await page.goto(`${origin}/#/flows/${sidOf('dial')}/canvas`)
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByRole('button', { name: 'Call', exact: true }).click()
  const conversation = page.getByRole('list', { name: 'Conversation' })
  await conversation.getByText('Good bye').waitFor()
  await conversation.getByText('Call ended').waitFor()
  expect(await conversation.getByText('Call begins').count()).toBe(1)
})

const DIAL = {
  description: 'Connects every caller',
  states: [
    { name: 'Trigger', type: 'trigger', transitions: [{ event: 'incomingCall', next: 'dial' }], properties: {} },
    {
      name: 'dial',
      type: 'connect-call-to',
      transitions: [{ event: 'callCompleted', next: 'bye' }],
      properties: { noun: 'number', to: '+15550009999', caller_id: '{{contact.channel.address}}' },
    },
    { name: 'bye', type: 'say-play', transitions: [{ event: 'audioComplete' }], properties: { say: 'Good bye' } },
  ],
  initial_state: 'Trigger',
  flags: { allow_concurrent_calls: true },
}

/** As long as an animation of the canvas takes. */
const SETTLED_MS = 400

async function expectSelected(page: Page, name: string): Promise<void> {
  await page
    .locator('.react-flow__node.selected')
    .and(page.getByRole('group', { name, exact: true }))
    .waitFor()
}

function text(page: Page, name: string): Promise<string | null> {
  return page.getByRole('group', { name, exact: true }).textContent()
}

async function type(page: Page, label: string, words: string): Promise<void> {
  await page.getByRole('textbox', { name: label }).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(words)
}

/** The flow as the dialog shows it. */
async function flowJson(page: Page): Promise<unknown> {
  await page.getByRole('button', { name: 'Show Flow JSON' }).click()
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download' }).click()
  const json: unknown = JSON.parse(readFileSync(await (await downloading).path(), 'utf8'))
  await page.getByRole('button', { name: 'Close' }).click()
  return json
}

async function drag(page: Page, { from, to }: { readonly from: string; readonly to: string }): Promise<void> {
  const [start, end] = [await page.locator(from).boundingBox(), await page.locator(to).boundingBox()]
  if (!start || !end) throw new Error('nothing to drag, or nowhere to drag it to')
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2)
  await page.mouse.down()
  await page.mouse.move(end.x + 20, end.y + 30, { steps: 8 })
  await page.mouse.up()
}

function spoken(next: string) {
  return expect.objectContaining({ name: 'menu', transitions: expect.arrayContaining([{ event: 'speech', next }]) })
}

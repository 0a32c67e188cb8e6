import { readFile } from 'node:fs/promises'
import type { Route } from 'playwright-core'
import { expect, test } from 'vitest'
import { flow } from '../support/flow.ts'
import { call, message, urlIn } from '../support/server.ts'
import { CHROMIUM, type Looking, type Shown, withBrowser } from './browser.ts'
import { violationsOn } from './violations.ts'

const look = withBrowser()
const inBrowser = test.skipIf(CHROMIUM === undefined)
const SMALL = { width: 390, height: 800 } as const

/** Asks a caller for a key, looks something up that cannot be reached, and says so; a texter is asked, and waited for. */
const ORDERS = flow({
  Trigger: { type: 'trigger', exits: { incomingCall: 'menu', incomingMessage: 'ask' } },
  menu: {
    type: 'gather-input-on-call',
    properties: { say: 'Hello {{contact.channel.address}}', timeout: 5 },
    exits: { keypress: 'which', timeout: null },
  },
  which: {
    type: 'split-based-on',
    properties: { input: '{{widgets.menu.Digits}}' },
    exits: { noMatch: null },
    branches: ['1', '7'].map((value) => ({
      event: 'match',
      next: 'look_up',
      conditions: [{ friendly_name: `is ${value}`, arguments: ['{{widgets.menu.Digits}}'], type: 'equal_to', value }],
    })),
  },
  look_up: {
    type: 'make-http-request',
    properties: { method: 'GET', url: 'http://ada:secret-word@127.0.0.1:9/{{widgets.menu.Digits}}' },
    exits: { success: null, failed: 'tell' },
  },
  tell: {
    type: 'say-play',
    properties: { say: 'Not now {{ "x" | no_such_filter }}' },
    exits: { audioComplete: null },
  },
  ask: {
    type: 'send-and-wait-for-reply',
    properties: { from: '{{flow.channel.address}}', body: 'Which order?', timeout: '3600' },
    exits: { incomingMessage: null, timeout: null, deliveryFailure: null },
  },
})

inBrowser('a step shows what it was given, heard, compared and asked for', async () => {
  const shown = await look({ orders: ORDERS })
  const { page } = shown
  await callPressing('7', shown)
  await openExecution('+15550001', shown)
  await page.getByText('step 5 of 5').waitFor()
  await page.getByText('The execution stands here and waits, until').waitFor()
  await page.getByText('81018', { exact: false }).waitFor()

  await page.keyboard.press('ArrowLeft')
  await page.getByText('GET http://left-out@127.0.0.1:9/7').first().waitFor()
  await page.getByText(/begun \d\d:\d\d:\d\d\.\d{3}, answered \d\d:\d\d:\d\d\.\d{3}, after \d+ ms/).waitFor()
  await page.locator('.effects').getByText('127.0.0.1 is no public address', { exact: false }).waitFor()
  expect(await page.locator('.effects').textContent()).not.toContain('secret-word')

  await page.keyboard.press('ArrowLeft')
  await page.getByText('"7" Equal To "1"').waitFor()
  await page.getByText('did not hold').waitFor()
  await page.getByText('"7" Equal To "7"').waitFor()

  await page.keyboard.press('ArrowLeft')
  await page.getByText('Hello +15550001', { exact: true }).waitFor()
  await page.getByText('filled from Hello {{contact.channel.address}}').waitFor()
  await page.getByText('continued: Digits "7"').click()
  await page.getByRole('group').getByText('"CallSid": "CA+15550001"').first().waitFor()

  await page.keyboard.press('Home')
  await page.getByText('step 1 of 5').waitFor()
  await page.keyboard.press('End')
  await page.getByText('step 5 of 5').waitFor()
})

inBrowser('a step whose events were not kept says that it cannot be told', async () => {
  const shown = await look({ orders: ORDERS }, { settings: { EXECUTION_EVENTS: 'off' } })
  await callPressing('7', shown)
  await openExecution('+15550001', shown)
  await shown.page.getByText('cannot be told: it has 0 of the', { exact: false }).waitFor()
  await shown.page.getByText('Properties, as the flow has them').click()
  await shown.page.getByText('no_such_filter', { exact: false }).last().waitFor()
})

for (const width of [1280, SMALL.width]) {
  inBrowser(`executions are listed live, narrowed, downloaded and ended on ${width} pixels`, async () => {
    const shown = await look({ orders: ORDERS }, { width })
    const { page, origin, sidOf } = shown
    await page.goto(`${origin}/#/flows/${sidOf('orders')}/executions`)
    await page.getByText('There is none.', { exact: false }).waitFor()

    await callPressing('7', shown)
    await page.getByRole('link', { name: '+15550001' }).waitFor()
    await text('+15550009', shown)
    await page.getByRole('link', { name: '+15550009' }).waitFor()

    await page.getByLabel('Contact').fill('15550009')
    await page.getByRole('link', { name: '+15550001' }).waitFor({ state: 'detached' })
    await page.getByLabel('From').fill('2100-01-01')
    await page.getByText('There is none.', { exact: false }).waitFor()
    await page.getByLabel('From').fill('2020-01-01')
    await page.getByLabel('To').fill('2100-01-01')
    await page.getByLabel('Status').selectOption('Active')
    await page.getByRole('link', { name: '+15550009' }).click()

    const downloading = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download as a bundle' }).click()
    const bundle = JSON.parse(await readFile(await (await downloading).path(), 'utf8'))
    expect(bundle.visits).toMatchObject([{ widget: 'Trigger' }, { widget: 'ask', effects: [{ kind: 'send-message' }] }])

    await page.getByRole('button', { name: 'End it' }).click()
    await page.getByText('The execution ended here: STOPPED.').waitFor()
    await page.getByRole('button', { name: 'End it' }).waitFor({ state: 'detached' })
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(width)
  })
}

inBrowser('a long list shows older executions when they are wanted', async () => {
  const shown = await look({ orders: ORDERS })
  const { page, origin, sidOf } = shown
  for (let place = 0; place < 101; place++) await text(`+1555000${1000 + place}`, shown, `SM${place}`)
  await page.goto(`${origin}/#/flows/${sidOf('orders')}/executions`)
  await page.getByRole('link', { name: '+15550001100' }).waitFor()
  expect(await page.getByRole('link', { name: '+15550001000' }).count()).toBe(0)
  await page.getByRole('button', { name: 'Show older ones' }).click()
  await page.getByRole('link', { name: '+15550001000' }).waitFor()
  await page.getByRole('button', { name: 'Show older ones' }).waitFor({ state: 'detached' })
})

inBrowser('each connection bears how many executions took it, each branch by itself', async () => {
  const shown = await look({ orders: ORDERS })
  const { page, origin, sidOf } = shown
  for (const [index, keys] of ['7', '7', '1'].entries()) await callPressing(keys, shown, `+1555000100${index}`)
  await page.goto(`${origin}/#/flows/${sidOf('orders')}/executions/counts`)
  const labels = page.locator('.react-flow__edge-text')
  await expect.poll(() => labels.allTextContents()).toEqual(['3', '3', '1', '2', '3'])
})

inBrowser('what goes on before the news of it can be heard is shown, too', async () => {
  const shown = await look({ orders: ORDERS })
  const { page } = shown
  const listening = new Promise<Route>((resolve) => void page.route('**/api/events?execution=*', resolve, { times: 1 }))
  await text('+15550001', shown)
  await openExecution('+15550001', shown)
  const listener = await listening
  await page.getByText('active', { exact: true }).waitFor()
  await text('+15550001', shown, 'SM2')
  await listener.continue()
  await page.getByText('ended', { exact: true }).waitFor()
})

inBrowser('a list goes on by itself after a proxy has told that the server is away', async () => {
  const shown = await look({ orders: ORDERS }, { refusal: 502 })
  const { page, origin, sidOf } = shown
  const refused = page.waitForResponse((response) => response.status() === 502)
  await page.route('**/api/events?flow=*', (route) => route.fulfill({ status: 502 }), { times: 1 })
  await page.goto(`${origin}/#/flows/${sidOf('orders')}/executions`)
  await refused
  await page.getByText('There is none.', { exact: false }).waitFor()
  await text('+15550001', shown)
  await page.getByRole('link', { name: '+15550001' }).waitFor()
})

inBrowser('where there are very many, times are counted, and the page says so', async () => {
  const { page, origin, sidOf } = await look({ orders: ORDERS })
  const counts = [
    { from: 'Trigger', event: 'incomingCall', to: 'menu', count: 50_001 },
    { from: 'menu', event: 'keypress', to: 'which', count: 9, executions: 7 },
  ]
  await page.route('**/counts?*', (route) => route.fulfill({ json: { counts } }))
  await page.goto(`${origin}/#/flows/${sidOf('orders')}/executions/counts`)
  await expect.poll(() => page.locator('.react-flow__edge-text').allTextContents()).toEqual(['50,001', '7'])
  await page.getByText('Where there are very many, one that came twice is counted twice.').waitFor()
})

inBrowser('an arrowhead has the colour of its line, whichever way was taken', async () => {
  const shown = await look({ orders: ORDERS })
  const { page } = shown
  await callPressing('7', shown)
  await openExecution('+15550001', shown)
  await page.locator('.transition.taken').first().waitFor()
  const heads = await page.evaluate<string[]>(HEADS)
  expect(new Set(heads)).toEqual(new Set(['context-stroke context-stroke']))
})

for (const [colours, looking] of [
  ['light', { colours: 'light' }],
  ['dark', { colours: 'dark' }],
  ['light and small', { colours: 'light', ...SMALL }],
  ['dark and small', { colours: 'dark', ...SMALL }],
] as const satisfies readonly (readonly [string, Looking])[]) {
  inBrowser(`executions with all of their steps can be used with assistive technology: ${colours}`, async () => {
    const shown = await look({ orders: ORDERS }, looking)
    const { page, origin, sidOf } = shown
    await callPressing('7', shown)
    await openExecution('+15550001', shown)
    for (const step of [5, 4, 3, 2, 1]) {
      await page.getByText(`step ${step} of 5`).waitFor()
      if (step !== 1) await page.getByText('Properties, filled').waitFor()
      for (const closed of await page.locator('details:not([open]) > summary').all()) await closed.click()
      expect([step, await violationsOn(page)]).toEqual([step, []])
      await page.keyboard.press('ArrowLeft')
    }
    for (const hash of ['executions', 'executions/counts']) {
      await page.goto(`${origin}/#/flows/${sidOf('orders')}/${hash}`)
      await page
        .getByText(hash === 'executions' ? '+15550001' : 'Executions in the last')
        .first()
        .waitFor()
      expect([hash, await violationsOn(page)]).toEqual([hash, []])
    }
  })
}

/** What the arrowheads of all lines are painted with. */
const HEADS = `[...document.querySelectorAll('.transition')].map((line) => {
  const marker = document.getElementById(/#([^"')]+)/.exec(line.getAttribute('marker-end'))[1])
  const { fill, stroke } = getComputedStyle(marker.firstElementChild)
  return fill + ' ' + stroke
})`

/** Somebody calls and presses a key. */
async function callPressing(keys: string, { origin }: Shown, From = '+15550001'): Promise<void> {
  const one = call({ CallSid: `CA${From}`, From })
  const asked = await post(`${origin}/flows/orders`, one)
  await post(origin + urlIn(asked, 'action'), { ...one, CallStatus: 'in-progress', Digits: keys })
}

async function text(From: string, { origin }: Shown, MessageSid = 'SM1'): Promise<void> {
  await post(`${origin}/flows/orders`, message({ From, MessageSid }))
}

async function post(url: string, params: Record<string, string>): Promise<string> {
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(params) })
  return answer.text()
}

async function openExecution(contact: string, { page, origin, sidOf }: Shown): Promise<void> {
  await page.goto(`${origin}/#/flows/${sidOf('orders')}/executions`)
  await page.getByRole('link', { name: contact }).click()
}

import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { overlap } from '../../src/picture/geometry.ts'
import { CHROMIUM, withBrowser } from './browser.ts'

const look = withBrowser()
const inBrowser = test.skipIf(CHROMIUM === undefined)
const MENU = readFileSync('flows/menu.json', 'utf8')
const KINDS = readFileSync('test/console/kinds.json', 'utf8')

inBrowser('widgets are selected by a box, moved together, and copied into another flow', async () => {
  const { page, origin, sidOf } = await look({ menu: MENU, kinds: KINDS })
  await page.goto(`${origin}/#/flows/${sidOf('menu')}/canvas`)
  await cards(page).first().waitFor()
  await page.waitForTimeout(SETTLED_MS)
  await page.keyboard.down('Shift')
  await dragged(page, [100, 200], [700, 500])
  await page.keyboard.up('Shift')
  await expect.poll(() => page.locator('.react-flow__node.selected').count()).toBe(8)
  await dragged(page, [455, 250], [515, 290])
  await page.getByRole('button', { name: 'Save draft' }).waitFor()
  expect(await cards(page).count()).toBe(13)
  await page.keyboard.press('Control+c')

  page.once('dialog', (dialog) => dialog.accept())
  await page.goto(`${origin}/#/flows/${sidOf('kinds')}/canvas`)
  await page.getByRole('heading', { name: 'kinds' }).waitFor()
  await page.getByRole('group', { name: /: moon$/ }).waitFor()
  await page.keyboard.press('Control+v')
  await expect.poll(() => cards(page).count()).toBe(9 + 8)
  await expect.poll(() => page.locator('.react-flow__node.selected').count()).toBe(8)
  expect(await coveredCards(page)).toBe(0)
})

inBrowser(
  'cards that would cover one another are drawn apart, and only the one that is dragged gets another offset',
  async () => {
    const flow = JSON.parse(KINDS)
    const hello = flow.states.find((one: { name: string }) => one.name === 'hello')
    hello.properties.offset = { x: 100, y: 600 }
    const { page, origin, sidOf } = await look({ heap: flow })
    await page.goto(`${origin}/#/flows/${sidOf('heap')}/canvas?sel=hello`)
    const card = page.getByRole('group', { name: /: hello$/ })
    await card.waitFor()
    await page.waitForTimeout(SETTLED_MS)
    expect(await coveredCards(page)).toBe(0)

    const { x = 0, y = 0, width = 0 } = (await card.boundingBox()) ?? {}
    const zoom = width / 240
    await dragged(page, [x + 30, y + 10], [x + 30, y + 10 + 100 * zoom])
    await page.keyboard.press('Control+s')
    await page.getByText('Revision 2').waitFor()
    const { states } = await page.evaluate<{
      states: { name: string; properties: { offset?: { x: number; y: number } } }[]
    }>(`fetch('/v2/Flows/${sidOf('heap')}').then((answer) => answer.json()).then(({ definition }) => definition)`)
    expect(states.filter((one) => one.name !== 'hello')).toEqual(flow.states.filter((one: object) => one !== hello))
    const { offset } = states.find(({ name }) => name === 'hello')?.properties ?? {}
    expect(offset?.x).toBe(260) // beside the other card, where it was drawn, and not at 100
    expect(offset?.y).toBeGreaterThan(650)
  },
)

inBrowser('fifty edits are undone, and done again', async () => {
  const { page, origin, sidOf } = await look({ menu: MENU })
  await page.goto(`${origin}/#/flows/${sidOf('menu')}/canvas`)
  await page.getByRole('group', { name: 'Say/Play: opening_hours', exact: true }).click()
  await times(60, () => page.keyboard.press('Control+d'))
  await expect.poll(() => cards(page).count()).toBe(13 + 60)
  await times(60, () => page.keyboard.press('Control+z'))
  await expect.poll(() => cards(page).count()).toBe(13 + 10)
  expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true)
  await times(50, () => page.keyboard.press('Control+y'))
  await expect.poll(() => cards(page).count()).toBe(13 + 60)
})

inBrowser('what the arrow keys choose of what is found is in sight', async () => {
  const { page, origin, sidOf } = await look({ menu: MENU })
  await page.goto(`${origin}/#/flows/${sidOf('menu')}/canvas`)
  await cards(page).first().waitFor()
  await page.keyboard.press('Control+f')
  for (let place = 1; place < 13; place++) await page.keyboard.press('ArrowDown')
  const list = (await page.getByRole('list', { name: 'Found' }).boundingBox()) ?? { y: 0, height: 0 }
  const chosen = (await page.locator('.found .chosen').boundingBox()) ?? { y: 0, height: 0 }
  expect(chosen.y + chosen.height).toBeLessThanOrEqual(list.y + list.height + 1)
})

inBrowser('a card that Tab leads to is in sight, wherever it stands', async () => {
  const flow = JSON.parse(MENU)
  const last = flow.states.at(-1)
  last.properties.offset = { x: 4000, y: 6000 }
  const { page, origin, sidOf } = await look({ menu: flow })
  await page.goto(`${origin}/#/flows/${sidOf('menu')}/canvas?sel=Trigger`)
  await cards(page).first().waitFor()
  await page.waitForTimeout(SETTLED_MS)
  await cards(page).first().focus()
  const card = page.getByRole('group', { name: new RegExp(`: ${last.name}$`) })
  while (!(await card.and(page.locator(':focus')).count())) await page.keyboard.press('Tab')
  const middle = async () => {
    const { x, y, width, height } = (await card.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    return [x + width / 2, y + height / 2].map((place) => Math.round(place / 100))
  }
  const { x, y, width, height } = (await page.locator('section.canvas').boundingBox()) ?? {
    x: 0,
    y: 0,
    width: 0,
    height: 0,
  }
  await expect.poll(middle).toEqual([x + width / 2, y + height / 2].map((place) => Math.round(place / 100)))
})

inBrowser('a flow is made, connected, published and emptied by keys alone', async () => {
  const { page, origin } = await look({})
  await page.goto(origin)
  await page.getByRole('button', { name: 'New flow' }).waitFor()
  await tabTo(page, 'New flow')
  await page.keyboard.press('Enter')
  await page.keyboard.type('By keys')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'By keys' }).waitFor()

  await tabTo(page, 'Say/Play')
  await page.keyboard.press('Enter')
  await page
    .locator('.react-flow__node.selected')
    .and(page.getByRole('group', { name: 'Say/Play: say_play_1' }))
    .waitFor()
  expect(await coveredCards(page)).toBe(0)
  await page.locator('.cm-content').first().waitFor()
  await page.keyboard.press('Enter')
  await tabTo(page, 'Text to say')
  await page.keyboard.type('Hello by keys')
  await page.keyboard.press('Escape')

  await page.keyboard.press('Control+f')
  await page.keyboard.type('Trigger')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await tabTo(page, 'Incoming Call')
  await page.keyboard.press('s')
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(1)

  await page.keyboard.press('Escape')
  await tabTo(page, 'Publish')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Says hello')
  await page.keyboard.press('Enter')
  await page.getByText('Revision 2 · published').waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('hello by')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Delete')
  await expect.poll(() => cards(page).count()).toBe(1)
})

inBrowser('a file that is dropped becomes a flow', async () => {
  const { page, origin } = await look({})
  await page.goto(origin)
  await page.getByText('There is no flow yet.').waitFor()
  await drop(page, MENU)
  await page.getByLabel('Flow name').fill('Dropped')
  await page.getByRole('button', { name: 'Create' }).click()
  await page.getByRole('heading', { name: 'Dropped' }).waitFor()
  await page.goto(origin)
  await page.getByRole('link', { name: 'Dropped' }).waitFor()
  await drop(page, 'no flow')
  await page.getByText('This is not a JSON object.').waitFor()
  expect(await page.getByRole('button', { name: 'Create' }).isDisabled()).toBe(true)
})

inBrowser('why a flow is refused is in sight, and nothing is lost', async () => {
  const { page, origin } = await look({}, { refusal: 400 })
  await page.goto(origin)
  await page.getByText('There is no flow yet.').waitFor()
  const text = MENU.replaceAll('"next": "menu"', '"next": "nowhere"')
  await drop(page, text)
  await page.getByLabel('Flow name').fill('Refused')
  await page.getByRole('button', { name: 'Create' }).click()
  const alert = page.getByRole('alert')
  await alert.getByText("leads to 'nowhere', which is no widget of the flow").first().waitFor()
  const { y = 999, height = 0 } = (await alert.boundingBox()) ?? {}
  expect(y + height).toBeLessThan(720)
  expect(await page.getByLabel('Import from JSON').inputValue()).toBe(text)
})

inBrowser('what is said is read aloud while that is wished, and its TwiML is shown', async () => {
  const { page, origin, sidOf } = await look({ spoken: asking() })
  await page.addInitScript('window.heard = []; speechSynthesis.speak = ({ text }) => window.heard.push(text)')
  await page.goto(`${origin}/#/flows/${sidOf('spoken')}/canvas`)
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByLabel('Read aloud').check()
  await page.getByRole('button', { name: 'Call', exact: true }).click()
  await page.getByRole('textbox', { name: 'Say something' }).fill('Blue')
  await page.getByRole('button', { name: 'Say', exact: true }).click()
  await page.getByRole('list', { name: 'Conversation' }).getByText('Blue it is').waitFor()
  await expect.poll(() => page.evaluate('window.heard')).toEqual(['Which colour?', 'Blue it is'])
  await page.getByText('TwiML', { exact: true }).click()
  await page.getByText('<Say>Blue it is</Say>').waitFor()
})

/** As long as an animation of the canvas takes. */
const SETTLED_MS = 400

function cards(page: Page) {
  return page.locator('.react-flow__node')
}

async function times(count: number, act: () => Promise<unknown>): Promise<void> {
  for (let turn = 0; turn < count; turn++) await act()
}

async function dragged(page: Page, [x, y]: [number, number], [toX, toY]: [number, number]): Promise<void> {
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(toX, toY, { steps: 6 })
  await page.mouse.up()
}

/** Presses Tab until what has this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let turn = 0; turn < 80; turn++) {
    if (await page.evaluate<boolean>(HAS_FOCUS(name))) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`"${name}" cannot be reached by Tab`)
}

const HAS_FOCUS = (name: string) => `(() => {
  const focused = document.activeElement
  const texts = [focused.ariaLabel, focused.closest('label')?.firstElementChild?.textContent, focused.textContent]
  return texts.some((text) => text?.trim() === ${JSON.stringify(name)})
})()`

async function coveredCards(page: Page): Promise<number> {
  const boxes = await Promise.all((await cards(page).all()).map((card) => card.boundingBox()))
  const seen = boxes.filter((box) => box !== null)
  return seen.flatMap((box, place) => seen.slice(place + 1).filter((other) => overlap(box, other))).length
}

async function drop(page: Page, text: string): Promise<void> {
  await page.evaluate(`(() => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([${JSON.stringify(text)}], 'flow.json'))
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }))
  })()`)
}

function asking() {
  const [offset, properties] = [
    { x: 0, y: 0 },
    { say: 'Which colour?', speech_model: 'default' },
  ]
  return {
    description: 'Asks for a colour',
    states: [
      {
        name: 'Trigger',
        type: 'trigger',
        transitions: [{ event: 'incomingCall', next: 'ask' }],
        properties: { offset },
      },
      { name: 'ask', type: 'gather-input-on-call', transitions: [{ event: 'speech', next: 'tell' }], properties },
      {
        name: 'tell',
        type: 'say-play',
        transitions: [{ event: 'audioComplete' }],
        properties: { say: '{{widgets.ask.SpeechResult}} it is' },
      },
    ],
    initial_state: 'Trigger',
    flags: { allow_concurrent_calls: true },
  }
}

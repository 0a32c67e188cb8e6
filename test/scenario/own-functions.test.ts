import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ManualClock } from '../../src/clock/manual-clock.ts'
import { contextOf } from '../../src/engine/execution.ts'
import type { Fields } from '../../src/engine/fields.ts'
import { projectFolder } from '../../src/project-folder.ts'
import { Service } from '../../src/scenario/service.ts'
import { type Asked, Services } from '../../src/scenario/services.ts'
import { Person } from '../../src/simulator/people/person.ts'
import { openStage } from '../../src/stage.ts'
import { OwnFunctions, text } from '../support/own-functions.ts'
import { flowText, folderWith } from './stories.ts'

const SID = `ZH${'a'.repeat(32)}`
const URL_THERE = 'https://shop-1234.twil.io/price'
const SIDS = JSON.stringify({ 'shop-1234.twil.io': 'local', [SID]: '/price' })

/** Calls a flow that runs a function, with these services and functions about. */
async function called(properties: Fields, services: readonly object[], functions: OwnFunctions) {
  const places = {
    Trigger: { type: 'trigger', exits: { incomingCall: 'fn' } },
    fn: { type: 'run-function', properties, exits: { success: 'tell', fail: 'tell' } },
    tell: {
      type: 'say-play',
      properties: { say: 'It is {{widgets.fn.parsed.price}}' },
      exits: { audioComplete: null },
    },
  }
  const folder = folderWith({ 'shop.json': flowText(places), 'sids.json': SIDS })
  const asked: Asked[] = []
  const stubs = new Services({ services: services.map((one) => Service.parse(one)), network: 'stubs' }, (one) =>
    asked.push(one),
  )
  const stage = await openStage({
    flowFile: join(folder, 'shop.json'),
    clock: new ManualClock(Date.UTC(2026, 0, 5)),
    httpRequest: stubs.ask.bind(stubs),
    functions: functions.part,
  })
  onTestFinished(() => stage.close())
  const heard: string[] = []
  stage.network.watch((one) => {
    if (one.type === 'said') heard.push(one.text)
  })
  const person = new Person(stage.network.call({ from: '+15550001000', to: '+15550002000' }), stage.time)
  await person.listen()
  const [execution] = stage.executions()
  return { heard, asked, output: execution && contextOf(execution).widgets.fn }
}

const pricing = () => new OwnFunctions({ '/price': () => ({ json: { price: 5 } }) })

test.each([[{ url: URL_THERE }], [{ url: '', function_sid: SID }], [{ url: '/price' }]])(
  'a function of the project runs where no service stands for it: %j',
  async (properties) => {
    const own = pricing()
    const { heard, asked } = await called(properties, [], own)
    expect(own.calls).toHaveLength(1)
    expect(heard).toEqual(['It is 5'])
    expect(asked).toMatchObject([{ by: 'own-function', outcome: { status: 200 } }])
  },
)

test.each([
  [{ url: URL_THERE }, URL_THERE],
  [{ url: URL_THERE, function_sid: SID }, 'https://*.twil.io/price'],
  [{ url: '', function_sid: SID }, SID],
  [{ url: '/price' }, '/price'],
])('a service stands for the function %j by %s', async (properties, url) => {
  const own = pricing()
  const { heard } = await called(properties, [{ url, answer: { json: { price: 7 } } }], own)
  expect(own.calls).toEqual([])
  expect(heard).toEqual(['It is 7'])
})

test('a function of the project sends nobody out of the machine', async () => {
  const own = new OwnFunctions({ '/price': () => ({ status: 302, headers: [['Location', 'https://away.example/']] }) })
  const { asked } = await called({ url: URL_THERE }, [], own)
  const message = 'redirected to away.example, which is not asked'
  expect(asked).toMatchObject([{ by: 'own-function', outcome: { ok: false, reason: 'network', message } }])
})

test('a function that is nowhere is told of', async () => {
  const { asked } = await called({ url: 'https://shop-1234.twil.io/prise' }, [], pricing())
  expect(asked).toMatchObject([{ outcome: { ok: false, message: expect.stringContaining("did you mean '/price'?") } }])
  const elsewhere = await called({ url: 'https://other-1.twil.io/price' }, [], pricing())
  expect(elsewhere.asked).toMatchObject([{ by: 'nobody' }])
})

test('TwiML of a function of the project is heard', async () => {
  const twiml = '<Response><Say>The function speaks</Say><Hangup/></Response>'
  const { heard } = await called({ url: URL_THERE }, [], new OwnFunctions({ '/price': () => text('text/xml', twiml) }))
  expect(heard).toEqual(['The function speaks'])
})

test.each([
  ['beside the flow', 'flows/functions', 'flows'],
  ['beside the folder of flows', 'assets', '.'],
])('the functions of a flow are looked for %s', (_where, kept, project) => {
  const folder = folderWith({})
  for (const path of [kept, 'flows']) mkdirSync(join(folder, path), { recursive: true })
  expect(projectFolder(join(folder, 'flows'))).toBe(join(folder, project))
})

test('without any there, the functions of a flow are those of the current folder', () => {
  expect(projectFolder(join(folderWith({}), 'flows'))).toBe(process.cwd())
})

import { expect, test } from 'vitest'
import { ManualClock } from '../../src/clock/manual-clock.ts'
import { AUTHORIZATION } from '../http/api/own-api.ts'
import { flow } from '../support/flow.ts'
import { call, form, message, serving } from '../support/server.ts'
import { openPhone, REAL, type Seen } from './phone.ts'

const SELF = { from: '{{flow.channel.address}}', to: '{{contact.channel.address}}' }
const TRIED = flow({
  Trigger: { type: 'trigger', exits: { incomingCall: 'menu', incomingMessage: 'name', incomingRequest: 'ring' } },
  menu: {
    type: 'gather-input-on-call',
    properties: { say: 'Press 1 or say something', number_of_digits: 1 },
    exits: { keypress: 'pressed', speech: 'spoke', timeout: 'silent' },
  },
  pressed: say('You pressed {{widgets.menu.Digits}}'),
  spoke: say('You said {{widgets.menu.SpeechResult}}'),
  silent: say('You said nothing'),
  name: {
    type: 'send-and-wait-for-reply',
    properties: { from: SELF.from, body: 'Your name?', timeout: '3600' },
    exits: { incomingMessage: 'tell', timeout: 'sorry', deliveryFailure: null },
  },
  tell: {
    type: 'send-message',
    properties: { from: '+15005550006', to: '+15557770000', body: 'New: {{widgets.name.inbound.Body}}' },
    exits: { sent: 'thanks', failed: null },
  },
  thanks: { type: 'send-message', properties: { ...SELF, body: 'Thank you' }, exits: { sent: null, failed: null } },
  ring: {
    type: 'make-outgoing-call-v2',
    properties: SELF,
    exits: { answered: 'called', busy: 'sorry', noAnswer: null },
  },
  called: say('This is {{flow.data.who}}'),
  sorry: {
    type: 'send-message',
    properties: { ...SELF, body: 'We did not reach you' },
    exits: { sent: null, failed: null },
  },
})

const CARRIERS = [
  ['with a simulated carrier', {}],
  ['with a real carrier', REAL],
  ['with a real carrier behind a public URL', { ...REAL, PUBLIC_URL: 'https://example.com/flows' }],
] as const

test.each(CARRIERS)('whoever calls hears the flow and presses keys, %s', async (_how, settings) => {
  const { act, sees, real } = await openPhone({ tried: TRIED }, { settings })

  expect((await act({ do: 'call' })).status).toBe(200)
  await sees({ type: 'said', text: 'Press 1 or say something' })
  await act({ do: 'press', keys: '7' })

  await sees({ type: 'said', text: 'You pressed 7' })
  await sees({ type: 'call', status: 'completed' })
  expect(String((await sees({ type: 'answered', status: 200 })).body)).toContain('<Gather')
  expect(real).toEqual([])
})

test.each(CARRIERS)(
  'whoever texts is answered, and no message of the flow leaves the phones, %s',
  async (_how, settings) => {
    const { act, sees, real } = await openPhone({ tried: TRIED }, { settings })

    await act({ do: 'text', body: 'Hi' })
    await sees({ type: 'message', direction: 'outbound', body: 'Your name?' })
    await act({ do: 'text', body: 'Ada' })

    await sees({ type: 'message', body: 'New: Ada', to: '+15557770000', contact: null })
    await sees({ type: 'message', body: 'Thank you' })
    await sees({ event: 'execution', status: 'ended', ended_reason: 'FLOW_END' })
    expect(real).toEqual([])
  },
)

test.each(CARRIERS)('a phone is called by a flow that begins over REST, %s', async (_how, settings) => {
  const { act, sees, real } = await openPhone({ tried: TRIED }, { settings })

  await act({ do: 'request', parameters: { who: 'Ada' } })

  await sees({ type: 'said', text: 'This is Ada' })
  expect(real).toEqual([])
})

test('a phone can be busy', async () => {
  const { act, sees } = await openPhone({ tried: TRIED })

  await act({ do: 'when-called', outcome: 'busy' })
  await act({ do: 'request' })

  await sees({ type: 'message', body: 'We did not reach you' })
})

test.each([
  ['words', { do: 'say', text: 'Good morning' }, 'You said Good morning'],
  ['silence', { do: 'be-silent' }, 'You said nothing'],
])('%s is an answer, too, and is waited for', async (_what, answer, text) => {
  const { act, sees } = await openPhone({ tried: TRIED })

  await act({ do: 'call' })
  await sees({ type: 'listening', verb: 'Gather' })
  await act(answer)

  await sees({ type: 'said', text })
})

test('no reply is an answer, too: nobody waits an hour for it', async () => {
  const { act, sees, real } = await openPhone({ tried: TRIED }, { settings: REAL })

  await act({ do: 'text', body: 'Hi' })
  await sees({ type: 'message', body: 'Your name?' })
  expect((await act({ do: 'be-silent' })).status).toBe(200)

  await sees({ type: 'message', body: 'We did not reach you' })
  expect((await act({ do: 'be-silent' })).status).toBe(409)
  expect(real).toEqual([])
})

test('whoever hangs up ends the call and its execution', async () => {
  const { act, sees } = await openPhone({ tried: TRIED })

  await act({ do: 'call' })
  await sees({ type: 'listening' })
  await act({ do: 'hang-up' })

  await sees({ type: 'call', status: 'completed' })
  await sees({ event: 'execution', status: 'ended' })
})

test.each([
  ['draft', 'You pressed 1 in the draft'],
  ['published', 'You pressed 1'],
])('what is walked is the %s', async (revision, text) => {
  const { parts, act, sees } = await openPhone({ tried: TRIED }, { wish: { revision } })
  const pressed = { ...TRIED, states: TRIED.states.map((one) => (one.name === 'pressed' ? drafted(one) : one)) }
  const { sid = '' } = parts.flows.named('tried') ?? {}
  await parts.store.addRevision({ sid, friendlyName: 'tried', definition: pressed, status: 'draft', at: 1 })

  await act({ do: 'call' })
  await sees({ type: 'listening' })
  await act({ do: 'press', keys: '1' })

  await sees({ type: 'said', text })
})

test('the draft is for the phones alone, also where somebody real has the same number', async () => {
  const contacts = ['+15550001']
  const draft = flow({ Trigger: { type: 'trigger', exits: { incomingCall: 'x' } }, x: say('Draft') })
  const { parts } = await openPhone({ tried: TRIED }, { wish: { contacts } })
  const { sid = '' } = parts.flows.named('tried') ?? {}
  await parts.store.addRevision({ sid, friendlyName: 'tried', definition: draft, status: 'draft', at: 1 })

  expect((await parts.server.inject(form(call(), '/flows/tried'))).body).toContain('Press 1')
})

test('a real call of the same number holds up no phone, nor is it told of it', async () => {
  const tried = { ...TRIED, flags: { allow_concurrent_calls: false } }
  const { parts, act, sees } = await openPhone({ tried }, { wish: { contacts: ['+15550001'] } })
  await parts.server.inject(form(call(), '/flows/tried'))
  const { sid = '' } = parts.flows.named('tried') ?? {}
  const [real] = await parts.store.activeCalls(sid, '+15550001')

  await act({ do: 'call' })

  await sees({ type: 'said', text: 'Press 1 or say something' })
  expect(await parts.store.warningCodes(real?.sid ?? '')).toEqual([])
})

test('several phones are given out with a number each', async () => {
  const { opened } = await openPhone({ tried: TRIED }, { wish: { count: 8 } })
  const addresses = opened.body.contacts.map(({ address }: { address: string }) => address)
  expect(new Set(addresses).size).toBe(8)
})

test('several contacts call and text side by side', async () => {
  const contacts = ['+15550000001', 'whatsapp:+15550000002']
  const { opened, act, sees } = await openPhone({ tried: TRIED }, { wish: { contacts } })

  await act({ do: 'call', contact: contacts[0] })
  await act({ do: 'text', contact: contacts[1], body: 'Hi' })

  await sees({ type: 'said', contact: contacts[0] })
  await sees({ type: 'message', body: 'Your name?', contact: contacts[1], from: `whatsapp:${opened.body.number}` })
})

test('what is sent to a phone by the simulated carrier is seen there, too', async () => {
  const { parts, sees } = await openPhone({ tried: TRIED }, { wish: { contacts: ['+15550000001'] } })
  const url = `/2010-04-01/Accounts/AC${'0'.repeat(32)}/Messages.json`
  const sent = { From: '+15550002000', To: '+15550000001', Body: 'From a function' }

  await parts.server.inject(form(sent, url, { authorization: AUTHORIZATION }))

  await sees({ type: 'message', body: 'From a function', contact: '+15550000001' })
})

test('an execution of phones that are gone asks the carrier nothing', async () => {
  const { parts, real } = await openPhone({ tried: TRIED }, { settings: { ...REAL, TWILIO_AUTH_TOKEN: 'token' } })
  const { sid = '' } = parts.flows.named('tried') ?? {}

  const from = '+999012345678'
  await parts.runtime.start(sid, { type: 'incoming-request', to: '+15550001', from, parameters: {} })

  expect(real).toEqual([])
})

test('nothing is asked of Twilio in the name of the account', async () => {
  const request = { method: 'GET', url: 'https://api.twilio.com/2010-04-01/Accounts.json', add_twilio_auth: true }
  const tried = flow({
    Trigger: { type: 'trigger', exits: { incomingCall: 'ask' } },
    ask: { type: 'make-http-request', properties: request, exits: { success: null, failed: 'no' } },
    no: say('It failed'),
  })
  const asked: unknown[] = []
  const httpRequest = async () => {
    asked.push('asked')
    return { ok: false, reason: 'network', message: 'asked' } as const
  }
  const { act, sees } = await openPhone({ tried }, { settings: REAL, substitutes: { httpRequest } })

  await act({ do: 'call' })

  await sees({ type: 'said', text: 'It failed' })
  expect(asked).toEqual([])
})

test('TwiML that leads to a private address is not followed there', async () => {
  const tried = flow({
    Trigger: { type: 'trigger', exits: { incomingCall: 'away' } },
    away: { type: 'add-twiml-redirect', properties: { url: 'http://169.254.169.254/latest' }, exits: { return: null } },
  })
  const { act, sees } = await openPhone({ tried })

  await act({ do: 'call' })

  const { problem } = await sees({ type: 'problem' })
  expect(problem).toMatchObject({ code: 11205, message: expect.stringContaining('no public address') })
})

test.each([
  ['keys where there is no call', { do: 'press', keys: '1' }, 409, 'is in no call'],
  ['the phone of somebody else', { do: 'call', contact: '+15550009999' }, 400, 'expected +1'],
  ['an empty text', { do: 'text' }, 400, 'a text expected'],
  ['nothing that phones can do', { do: 'fly' }, 400, 'do:'],
  ['keys that no phone has', { do: 'press', keys: 'x' }, 400, 'keys of a phone'],
])('%s are refused', async (_what, act, status, text) => {
  const phone = await openPhone({ tried: TRIED })
  const refused = await phone.act(act)
  expect(refused.status).toBe(status)
  expect(refused.body.message).toContain(text)
})

test('what nobody takes now is refused with what is expected', async () => {
  const { act, sees } = await openPhone({ tried: TRIED })
  await act({ do: 'call' })
  await sees({ type: 'listening' })

  expect((await act({ do: 'talk', seconds: 3 })).body.message).toBe('nobody takes voice: keys or speech expected')
  expect((await act({ do: 'call' })).status).toBe(409)
})

test('phones are given out for flows that are there, each number once, and not without end', async () => {
  const contacts = ['+15550000001']
  const { ask } = await openPhone({ tried: TRIED }, { wish: { contacts } })
  const open = (wish: object) => ask('POST', '/api/phones', { flow: 'tried', ...wish })

  expect((await open({ flow: 'other' })).status).toBe(404)
  expect((await open({ contacts })).status).toBe(409)
  expect((await open({ contacts: ['nobody'] })).status).toBe(400)
  const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await open({})).status))
  expect(statuses.filter((status) => status === 201)).toHaveLength(19)
  expect(statuses.filter((status) => status === 429)).toHaveLength(1)
})

test('phones that are given back hang up, and what was begun with them ends', async () => {
  const { parts, ask, url, act, sees } = await openPhone({ tried: TRIED }, { wish: { contacts: ['+15550001'] } })
  await parts.server.inject(form(message(), '/flows/tried'))
  await act({ do: 'text', body: 'Hi' })
  await sees({ event: 'execution', status: 'active', widget: 'name' })

  expect((await ask('DELETE', url)).status).toBe(204)

  await sees({ event: 'closed', reason: 'it was given back' })
  expect((await ask('GET', url)).status).toBe(404)
  const { executions } = await parts.store.executionPage({ status: 'active', size: 10 })
  expect(executions).toMatchObject([{ address: '+15550002' }])
})

test('phones that nobody watches or uses any more are taken back', async () => {
  const clock = new ManualClock(Date.now())
  const { trials } = await serving({ tried: TRIED }, {}, { clock })
  const wish = { flow: 'tried', revision: 'draft' } as const
  const [watched, used, left] = [1, 2, 3].map(() => trials.open(wish, 'http://localhost'))
  watched?.seen.watch(0, () => undefined)
  clock.moveTo(clock.now() + 100_000)
  trials.use(used?.parts.key ?? '')
  clock.moveTo(clock.now() + 100_000)

  await trials.sweep()

  const kept = [watched, used, left].map((trial) => trials.use(trial?.parts.key ?? '') !== undefined)
  expect(kept).toEqual([true, true, false])
})

test('a page that comes back is told what it has missed', async () => {
  const { act, sees, listenAgain } = await openPhone({ tried: TRIED })
  await act({ do: 'call' })
  const { id } = await sees({ type: 'said' })
  await sees({ type: 'listening' })

  const again = await listenAgain(String(id))
  await expect.poll(() => again.map(({ type }: Seen) => type)).toContain('listening')
  expect(again.every((one) => Number(one.id) > Number(id))).toBe(true)
})

function say(text: string) {
  return { type: 'say-play', properties: { say: text }, exits: { audioComplete: null } }
}

function drafted<State extends { readonly properties: object }>(state: State): State {
  return { ...state, properties: { say: 'You pressed {{widgets.menu.Digits}} in the draft' } }
}

import { expect, test } from 'vitest'
import type { OutgoingMessage } from '../../../src/simulator/messaging/message.ts'
import type { MessagePlan } from '../../../src/simulator/plans.ts'
import type { Hook } from '../../../src/simulator/webhooks.ts'
import { NOON, networkWith, OWN, PERSON } from '../support/net.ts'
import { site } from '../support/site.ts'

const HELLO: OutgoingMessage = { from: OWN, to: PERSON, body: 'Hello', direction: 'outbound-api' }

/** What is planned, the statuses a message goes through, those that its callback is told, and whether it arrives. */
const LIVES: readonly (readonly [MessagePlan, statuses: string, told: string, arrives: number])[] = [
  [{ outcome: 'delivered' }, 'sending sent delivered', 'sent delivered', 1],
  [{ outcome: 'sent' }, 'sending sent', 'sent', 1],
  [{ outcome: 'read' }, 'sending sent delivered read', 'sent delivered read', 1],
  [{ outcome: 'undelivered', code: 30003 }, 'sending sent undelivered', 'sent undelivered', 0],
  [{ outcome: 'failed', code: 30007 }, 'sending failed', 'failed', 0],
]

test.each(LIVES)('a message that is planned to be %o', async (plan, statuses, told, arrives) => {
  const { url, asked } = await site({ '/status': '' })
  const { network, time, statuses: seen } = networkWith()
  network.plans.messages.set(PERSON, plan)

  const sid = network.send({ ...HELLO, statusCallback: posted(`${url}/status`) })
  expect(network.messages.get(sid)).toMatchObject({ status: 'queued', direction: 'outbound-api' })
  await time.pass(10)

  expect(seen().join(' ')).toBe(statuses)
  expect(asked.map(({ params }) => params.MessageStatus).join(' ')).toBe(told)
  expect(network.messages.inbox(PERSON)).toHaveLength(arrives)
})

test('through a Messaging Service it is queued first, by one of its numbers, and so on for each person', async () => {
  const { url, asked } = await site({ '/status': '' })
  const { network, time, statuses } = networkWith()
  network.attachService('MG1', ['+15550101', '+15550102'], { statusCallback: `${url}/status` })

  const service = { ...HELLO, from: undefined, serviceSid: 'MG1' }
  const sids = ['+15550001', '+15550003', '+15550001'].map((to) => network.send({ ...service, to }))
  expect(network.messages.get(sids[0] ?? '')?.status).toBe('accepted')
  await time.pass(10)

  expect(statuses().filter((_status, index) => index % 3 === 0)).toEqual(['queued', 'sending', 'sent', 'delivered'])
  expect(asked[0]?.params).toMatchObject({ MessageStatus: 'queued', MessagingServiceSid: 'MG1', From: '+15550101' })
  expect(sids.map((sid) => network.messages.get(sid)?.from)).toEqual(['+15550101', '+15550102', '+15550101'])
})

test('a status callback carries the message’s data, and the code of a failure', async () => {
  const { url, asked } = await site({ '/status': '' })
  const { network, time } = networkWith()
  network.plans.messages.set(PERSON, { outcome: 'undelivered', code: 30006 })

  const sid = network.send({ ...HELLO, statusCallback: posted(`${url}/status?é=1`), direction: 'outbound-reply' })
  await time.pass(10)

  expect(asked.at(-1)?.params).toEqual({
    é: '1',
    MessageSid: sid,
    SmsSid: sid,
    MessageStatus: 'undelivered',
    SmsStatus: 'undelivered',
    To: PERSON,
    From: OWN,
    AccountSid: network.accountSid,
    ApiVersion: '2010-04-01',
    ErrorCode: '30006',
    ErrorMessage: 'Landline or unreachable carrier',
    RawDlrDoneDate: '2611251200',
  })
})

test('a reply’s callback is found from its document, and is asked by its method', async () => {
  const { asked, hook } = await site({
    '/in/sms': '<Response><Message statusCallback="status?a=ß" method="get">Hi</Message></Response>',
    '/in/status': '',
  })
  const { texter, time } = networkWith({ message: hook('/in/sms') })

  await texter().text('hello')
  await time.pass(5)

  expect(asked.slice(1)).toMatchObject([
    { method: 'GET', params: { MessageStatus: 'sent', a: 'ß', From: OWN, To: PERSON } },
    { method: 'GET', params: { MessageStatus: 'delivered', a: 'ß' } },
  ])
})

test('a callback that answers with an error is warned of', async () => {
  const { url } = await site({})
  const { network, time, codes } = networkWith()

  network.send({ ...HELLO, statusCallback: posted(`${url}/nothing-here`) })
  await time.pass(10)

  expect(codes()).toEqual([11200, 11200])
})

test('reports come one after another, 0.2 and 1 second after the message', async () => {
  const { network, time, happenings } = networkWith()

  network.send(HELLO)
  await time.pass(10)

  expect(happenings.map(({ type, at }) => [type, at - NOON])).toEqual([
    ['message', 0],
    ['message-status', 100],
    ['message-status', 200],
    ['message-status', 1000],
  ])
})

/** What is changed in a good message, and the code with which it is refused. */
const REFUSED: readonly (readonly [Partial<OutgoingMessage>, code: number])[] = [
  [{ to: '' }, 21604],
  [{ to: 'nobody' }, 21211],
  [{ from: undefined }, 21603],
  [{ from: 'a name that is too long' }, 21606],
  [{ body: '' }, 21602],
  [{ body: 'x'.repeat(1601) }, 21617],
  [{ media: Array(11).fill('https://a.example/') }, 21623],
  [{ media: ['/relative.png'] }, 21620],
  [{ statusCallback: posted('nowhere') }, 21609],
  [{ from: undefined, serviceSid: 'MG2' }, 21703],
  [{ to: '+15550014' }, 21614],
  [{ from: '+15550006' }, 21606],
]

test.each(REFUSED)('%o is refused with %i', (change, code) => {
  const { network, codes, statuses } = networkWith()
  network.attachService('MG2', [])
  network.plans.messages.set('+15550014', { outcome: 'refused', code: 21614 })
  network.plans.messages.set('+15550006', { outcome: 'refused', code: 21606 })
  const message = { ...HELLO, ...change }

  expect(network.messages.create(message)).toMatchObject({ code })
  expect(network.messages.list()).toEqual([])

  network.send(message)
  expect(network.messages.list()).toMatchObject([{ status: 'failed', errorCode: code }])
  expect([codes(), statuses()]).toEqual([[code], ['failed']])
})

test('after STOP nothing more is sent to that person from that number, until START', async () => {
  const { asked, hook } = await site({ '/sms': '<Response><Message>sorry to see you go</Message></Response>' })
  const { network, texter } = networkWith({ message: hook('/sms') })
  const person = texter()

  await person.text(' Stop ')
  expect(network.messages.create(HELLO)).toMatchObject({ code: 21610 })
  expect(person.inbox()).toEqual([])
  expect(network.messages.create({ ...HELLO, from: '+15550008' })).toMatchObject({ status: 'queued' })
  expect(network.messages.create({ ...HELLO, to: '+15550009' })).toMatchObject({ status: 'queued' })

  await person.text('START')
  expect(network.messages.create(HELLO)).toMatchObject({ status: 'queued' })
  expect(asked.map(({ params }) => params.Body)).toEqual([' Stop ', 'START'])
})

test('a Messaging Service takes what it cannot send, and reports it as failed for all its numbers', async () => {
  const { url, asked } = await site({ '/status': '' })
  const { network, time, texter } = networkWith()
  network.attachService('MG1', [OWN, '+15550101'])
  await texter().text('STOP')

  const sid = network.send({ ...HELLO, from: '+15550101', serviceSid: 'MG1', statusCallback: posted(`${url}/status`) })
  await time.pass(10)

  expect(network.messages.get(sid)).toMatchObject({ status: 'failed', errorCode: 21610 })
  expect(asked.map(({ params }) => [params.MessageStatus, params.ErrorCode])).toEqual([
    ['queued', undefined],
    ['failed', '21610'],
  ])
})

test('a scheduled message goes out when its time has come', async () => {
  const { network, time, texter, statuses } = networkWith()
  const sendAt = NOON + 3_600_000

  network.send({ ...HELLO, serviceSid: 'MG1', sendAt })
  await time.pass(3_599)
  expect([texter().inbox(), statuses()]).toEqual([[], []])
  await time.pass(2)

  expect(texter().inbox()).toMatchObject([{ arrivedAt: sendAt, status: 'delivered' }])
})

test('a scheduled message can be called off, once', async () => {
  const { url, asked } = await site({ '/status': '' })
  const { network, time, texter } = networkWith()
  const schedule = { serviceSid: 'MG1', sendAt: NOON + 3_600_000, statusCallback: posted(`${url}/status`) }
  const message = network.messages.create({ ...HELLO, ...schedule })
  if ('code' in message) throw new Error(message.message)

  expect(network.messages.cancel(message)).toBeUndefined()
  await time.pass(7_200)

  expect(texter().inbox()).toEqual([])
  expect(asked.map(({ params }) => params.MessageStatus)).toEqual(['canceled'])
  expect(network.messages.cancel({ ...message, status: 'canceled' })).toMatchObject({ code: 30409 })
})

test('a message to a number of the same network is answered there', async () => {
  const { hook } = await site({ '/a': '<Response/>', '/b': '<Response><Message>pong</Message></Response>' })
  const { network, time, texter } = networkWith({ message: hook('/a') })
  network.attach(PERSON, { message: hook('/b') })

  network.send({ ...HELLO, body: 'ping' })
  await time.pass(5)

  expect(texter(OWN).inbox()).toEqual([])
  expect(network.messages.inbox(OWN)).toMatchObject([{ body: 'pong', from: PERSON }])
})

function posted(url: string): Hook {
  return { url, method: 'POST' }
}

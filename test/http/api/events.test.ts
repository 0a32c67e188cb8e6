import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import type { HttpOutcome } from '../../../src/engine/event.ts'
import { flow } from '../../support/flow.ts'
import { call, form, message, serving, urlIn } from '../../support/server.ts'
import { AUTHORIZATION } from './own-api.ts'

const MENU = flow({
  Trigger: { type: 'trigger', exits: { incomingCall: 'menu', incomingMessage: null } },
  menu: { type: 'gather-input-on-call', properties: { say: 'Press 1' }, exits: { keypress: 'bye', timeout: null } },
  bye: { type: 'say-play', properties: { say: 'Bye {{ "x" | no_such_filter }}' }, exits: { audioComplete: null } },
})
const LONG = 'x'.repeat(15_000)
const VARIABLES = ['a', 'b', 'c'].map((key) => ({ key, value: '{{trigger.message.Body}}' }))
const TALKATIVE = flow({
  Trigger: { type: 'trigger', exits: { incomingMessage: 'keep' } },
  keep: { type: 'set-variables', properties: { variables: VARIABLES }, exits: { next: null } },
})
const SLOW = flow({
  Trigger: { type: 'trigger', exits: { incomingMessage: 'look' } },
  look: { type: 'make-http-request', properties: { url: 'https://slow.example/' }, exits: { failed: null } },
})
const OTHER = flow({ Trigger: { type: 'trigger', exits: { incomingMessage: null } } })

test('whoever listens is told of every step as it is saved', async () => {
  const { server, listen } = await listening()
  const events = await listen('')

  const asked = await server.inject(form(call(), '/flows/menu'))
  await server.inject(form(call({ CallStatus: 'in-progress', Digits: '1' }), urlIn(asked.body, 'action')))

  const told = await events(6)
  expect(told.map(({ event }) => event)).toEqual(['started', 'step', 'rested', 'step', 'warning', 'rested'])
  expect(told[0]?.data).toMatchObject({ flow_name: 'menu', contact: '+15550001', status: 'active' })
  expect(told[3]?.data).toMatchObject({
    position: 1,
    step: { transitioned_from: 'menu', name: 'keypress', output: { Digits: '1' } },
  })
  expect(told[4]?.data).toMatchObject({ warning: { code: 81018, widget: 'bye' } })
})

test('a listener can ask for one flow, or for one execution', async () => {
  const { server, listen } = await listening()
  const [ofOther, ofNone] = [await listen('?flow=other'), await listen('?execution=FN0')]

  await server.inject(form(message(), '/flows/menu'))
  await server.inject(form(message(), '/flows/other'))

  expect((await ofOther(3)).map(({ event, data }) => [event, data.flow_name])).toEqual([
    ['started', 'other'],
    ['step', undefined],
    ['ended', 'other'],
  ])
  await server.close()
  expect(await ofNone(1)).toEqual([])
})

test('an execution ends once, also where somebody wrote on the way to its end', async () => {
  const held: (() => void)[] = []
  const { server, listen } = await listening(async () => {
    await new Promise<void>((resolve) => held.push(resolve))
    return { ok: false, reason: 'network', message: 'down' }
  })
  const events = await listen('?flow=slow')

  const first = server.inject(form(message(), '/flows/slow'))
  await expect.poll(() => held.length).toBe(1)
  const early = server.inject(form(message({ MessageSid: 'SM2' }), '/flows/slow'))
  await new Promise((resolve) => setTimeout(resolve, 50))
  held[0]?.()
  await Promise.all([first, early])

  expect((await events(6)).map(({ event }) => event)).toEqual([
    'started',
    'step',
    'step',
    'warning',
    'ended',
    'warning',
  ])
  await server.close()
  expect(await events(7)).toHaveLength(6)
})

test('a server that stops ends its streams', async () => {
  const { server, listen } = await listening()
  const events = await listen('')

  await server.close()

  expect(await events(1)).toEqual([])
})

test('a listener that does not read is let go, and the others are told on', async () => {
  const { server, listen, url } = await listening()
  const socket = connect(Number(new URL(url).port), '127.0.0.1').pause()
  socket.write(`GET /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: ${AUTHORIZATION}\r\n\r\n`)
  const gone = once(socket, 'close')
  let unread = ''
  const all = (await listen(''))(4 * MANY)

  for (let n = 0; n < MANY; n += 1) {
    const text = message({ From: `+1555${n}`, MessageSid: `SM${n}`, Body: LONG })
    await server.inject(form(text, '/flows/long'))
  }

  expect((await all).filter(({ event }) => event === 'ended')).toHaveLength(MANY)
  socket.on('data', (chunk) => {
    unread += chunk
  })
  socket.resume()
  await gone
  expect(unread).toMatch(/^HTTP\/1.1 200 OK\r\n[\s\S]*event: started/)
})

const MANY = 300

test('nobody listens without credentials', async () => {
  const { url } = await listening()
  expect((await fetch(`${url}/api/events`)).status).toBe(401)
})

test('a query that is malformed is refused', async () => {
  const { url } = await listening()
  const answer = await fetch(`${url}/api/events?flow=%`, { headers: { authorization: AUTHORIZATION } })
  expect(answer.status).toBe(400)
})

interface Heard {
  readonly event: string
  readonly data: Record<string, unknown>
}

async function listening(httpRequest?: () => Promise<HttpOutcome>) {
  const { server } = await serving(
    { menu: MENU, other: OTHER, long: TALKATIVE, slow: SLOW },
    { INBOUND_EXECUTIONS_PER_SECOND: '0' },
    { ...(httpRequest && { httpRequest }) },
  )
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  return { server, url, listen: (query: string) => listenTo(`${url}/api/events${query}`) }
}

/** Opens a stream; the answer gives so many of its events, or fewer where it ends before. */
async function listenTo(url: string) {
  const { body } = await fetch(url, { headers: { authorization: AUTHORIZATION } })
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  const heard: Heard[] = []
  let rest = ''
  return async (count: number): Promise<readonly Heard[]> => {
    while (heard.length < count) {
      const { done, value } = (await reader?.read()) ?? { done: true }
      if (done) break
      const blocks = (rest + value).split('\n\n')
      rest = blocks.pop() ?? ''
      heard.push(...blocks.flatMap(heardIn))
    }
    return heard
  }
}

function heardIn(block: string): readonly Heard[] {
  const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? []
  return event === undefined || data === undefined ? [] : [{ event, data: JSON.parse(data) }]
}

import { describe, expect, test } from 'vitest'
import type { HttpOutcome } from '../../src/engine/event.ts'
import { flow } from '../support/flow.ts'
import { newDatabase, postgresUrl } from '../support/postgres/databases.ts'
import { call, form, message, serving, urlIn } from '../support/server.ts'

const server = await postgresUrl()

describe.skipIf(server === undefined)('two instances on one database', () => {
  test('a call whose slow turn is taken up by the other instance is told its outcome', async () => {
    const service = slowly()
    const settings = { DATABASE_URL: await newDatabase(server ?? '') }
    const substitutes = { answerWithinMs: 100, httpRequest: service.request }
    const one = await serving({ looking: LOOKING }, settings, substitutes)
    const other = await serving({ looking: LOOKING }, settings, { ...substitutes, answerWithinMs: 10_000 })

    const first = await one.server.inject(form(call(), '/flows/looking'))
    const rest = other.server.inject(form(call(), urlIn(first.body, 'Redirect')))
    await service.asked
    setTimeout(() => service.answer('ready'), 300)

    expect((await rest).body).toContain('It is ready')
  })

  test('a hang-up that the other instance is told of ends an execution under way', async () => {
    const service = slowly()
    const settings = { DATABASE_URL: await newDatabase(server ?? '') }
    const one = await serving({ looking: LOOKING }, settings, { httpRequest: service.request })
    const other = await serving({ looking: LOOKING }, settings)

    const first = one.server.inject(form(call(), '/flows/looking'))
    await service.asked
    const told = other.server.inject(form(call({ CallStatus: 'completed' }), '/flows/looking'))
    setTimeout(() => service.answer('ready'), 300)
    await Promise.all([first, told])
    await other.settled()

    const { executions } = await one.store.executionPage({ size: 2 })
    expect(executions).toMatchObject([{ status: 'ended', call: { live: false } }])
  })

  test('a message that both instances get moves the flow once', async () => {
    const settings = { DATABASE_URL: await newDatabase(server ?? '') }
    const both = [await serving({ ECHO }, settings), await serving({ ECHO }, settings)]

    const answers = await Promise.all(both.map((parts) => parts.server.inject(form(message(), '/flows/ECHO'))))

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200])
    expect(answers.map(({ body }) => body).join()).toContain('You say hello')
    expect(answers.map(({ body }) => body).join()).not.toContain('And hello')
    const { executions } = (await both[0]?.store.executionPage({ size: 9 })) ?? {}
    expect(executions).toMatchObject([{ version: 2 }])
  })
})

const LOOKING = flow({
  Trigger: { type: 'trigger', exits: { incomingCall: 'look' } },
  look: {
    type: 'make-http-request',
    properties: { method: 'GET', url: 'https://service.example/' },
    exits: { success: 'tell' },
  },
  tell: { type: 'say-play', properties: { say: 'It is {{widgets.look.body}}' }, exits: { audioComplete: null } },
})

const ECHO = flow({
  Trigger: { type: 'trigger', exits: { incomingMessage: 'ask' } },
  ask: {
    type: 'send-and-wait-for-reply',
    properties: { body: 'You say {{trigger.message.Body}}', from: '{{flow.channel.address}}' },
    exits: { incomingMessage: 'again' },
  },
  again: {
    type: 'send-and-wait-for-reply',
    properties: { body: 'And {{widgets.ask.inbound.Body}}', from: '{{flow.channel.address}}' },
  },
})

/** A service that answers when it is told to. */
function slowly() {
  let hear = () => {}
  let answer = (_: HttpOutcome) => {}
  const asked = new Promise<void>((resolve) => {
    hear = resolve
  })
  const answered = new Promise<HttpOutcome>((resolve) => {
    answer = resolve
  })
  return {
    asked,
    request: () => {
      hear()
      return answered
    },
    answer: (body: string) => answer({ ok: true, status: 200, contentType: 'text/plain', headers: {}, body }),
  }
}

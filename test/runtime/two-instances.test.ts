import { describe, expect, test } from 'vitest'
import type { Parts } from '../../src/parts.ts'
import { flow } from '../support/flow.ts'
import { servingTogether } from '../support/instances.ts'
import { postgresUrl } from '../support/postgres/of-this-run.ts'
import { call, form, message, urlIn } from '../support/server.ts'
import { slowService } from '../support/slow-service.ts'

const server = await postgresUrl()

describe.skipIf(server === undefined)('two instances on one database', () => {
  test('a call whose slow turn is taken up by the other instance is told its outcome', async () => {
    const service = slowService()
    const { at } = await servingTogether(2, { looking: LOOKING }, (nth) => ({
      answerWithinMs: nth === 0 ? 100 : 10_000,
      httpRequest: service.request,
    }))

    const first = await at(0).server.inject(form(call(), '/flows/looking'))
    const rest = at(1).server.inject(form(call(), urlIn(first.body, 'Redirect')))
    await service.asked
    setTimeout(() => service.answer('ready'), 300)

    expect((await rest).body).toContain('It is ready')
  })

  test('a hang-up that the other instance is told of ends an execution under way', async () => {
    const service = slowService()
    const { at } = await servingTogether(2, { looking: LOOKING }, () => ({ httpRequest: service.request }))

    const first = at(0).server.inject(form(call(), '/flows/looking'))
    await service.asked
    const told = at(1).server.inject(form(call({ CallStatus: 'completed' }), '/flows/looking'))
    setTimeout(() => service.answer('ready'), 300)
    await Promise.all([first, told])
    await at(1).settled()

    const { executions } = await at(0).store.executionPage({ size: 2 })
    expect(executions).toMatchObject([{ status: 'ended', call: { live: false } }])
  })

  test('a message that both instances get moves the flow once', async () => {
    const { at } = await servingTogether(2, { ECHO })

    const answers = await Promise.all([0, 1].map((nth) => at(nth).server.inject(form(message(), '/flows/ECHO'))))

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200])
    expect(answers.map(({ body }) => body).join()).toContain('You say hello')
    expect(answers.map(({ body }) => body).join()).not.toContain('And hello')
    const { executions } = await at(0).store.executionPage({ size: 9 })
    expect(executions).toMatchObject([{ version: 2 }])
  })

  test('a flow that is published, given test users or removed at one instance is so at the other one at once', async () => {
    const { at } = await servingTogether(2, {})
    const [one, other] = [at(0), at(1)]
    const sid = await created(one, SAYING('one'))
    await until(async () => (await heard(other, sid)).includes('one'))

    await rest(one, 'POST', `/v2/Flows/${sid}`, { Status: 'published', Definition: SAYING('two') })
    await until(async () => (await heard(other, sid)).includes('two'))

    await rest(one, 'POST', `/v2/Flows/${sid}`, { Status: 'draft', Definition: SAYING('draft') })
    await rest(one, 'POST', `/v2/Flows/${sid}/TestUsers`, { TestUsers: '+15550001' })
    await until(async () => (await heard(other, sid)).includes('draft'))

    await rest(one, 'DELETE', `/v2/Flows/${sid}`, {})
    await until(async () => (await rest(other, 'GET', `/v2/Flows/${sid}`)).statusCode === 404)
  })

  test('whoever follows one instance is told of what happens at the other one', async () => {
    const { at } = await servingTogether(2, { ECHO })
    const [one, other] = [at(0), at(1)]
    await one.server.listen({ port: 0 })
    const reading = new AbortController()
    const stream = await fetch(`${one.server.listeningOrigin}/api/events`, {
      headers: AS_ACCOUNT,
      signal: reading.signal,
    })
    let told = ''
    const follow = async () => {
      for await (const chunk of stream.body ?? []) told += Buffer.from(chunk).toString()
    }
    follow().catch(() => 'aborted')

    let contacts = 0
    await until(async () => {
      const from = { From: `+1555${contacts++}`, MessageSid: `SM${contacts}` }
      await other.server.inject(form(message(from), '/flows/ECHO'))
      return told.includes('event: step') && told.includes('event: rested')
    })
    reading.abort()
  })
})

const AS_ACCOUNT = { authorization: `Basic ${Buffer.from(`AC${'0'.repeat(32)}:dev`).toString('base64')}` }

function rest(
  { server: its }: Parts,
  method: 'GET' | 'POST' | 'DELETE',
  url: string,
  params: Record<string, string> = {},
) {
  const sent = form(params, url, AS_ACCOUNT)
  return its.inject(method === 'POST' ? sent : { method, url, headers: AS_ACCOUNT })
}

async function created(parts: Parts, Definition: string): Promise<string> {
  const answer = await rest(parts, 'POST', '/v2/Flows', { FriendlyName: 'told', Status: 'published', Definition })
  return answer.json().sid
}

/** What a new caller is told. */
async function heard({ server: its }: Parts, sid: string): Promise<string> {
  const CallSid = `CA${Math.random()}`
  const answer = await its.inject(form(call({ CallSid }), `/flows/${sid}`))
  await its.inject(form(call({ CallSid, CallStatus: 'completed' }), `/flows/${sid}`))
  return answer.body
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; !(await holds()); waited += 50) {
    if (waited > 20_000) throw new Error('it did not come to pass')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const SAYING = (say: string) =>
  JSON.stringify(
    flow({
      Trigger: { type: 'trigger', exits: { incomingCall: 'tell' } },
      tell: { type: 'say-play', properties: { say }, exits: { audioComplete: null } },
    }),
  )

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

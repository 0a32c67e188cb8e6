import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { flow } from '../support/flow.ts'
import { servingTogether } from '../support/instances.ts'
import { asked } from '../support/postgres/databases.ts'
import { postgresUrl } from '../support/postgres/of-this-run.ts'
import { call, form, message } from '../support/server.ts'
import { slowService } from '../support/slow-service.ts'

const server = await postgresUrl()

describe.skipIf(server === undefined)('what comes to several instances of one contact', () => {
  test('is taken in the order in which it came, whichever instance had to wait', async () => {
    const service = slowService()
    const { at, url } = await servingTogether(3, { LOOKING }, () => ({ httpRequest: service.request }))
    const { store } = at(0)
    const first = at(0).server.inject(form(message({ MessageSid: 'SM0' }), '/flows/LOOKING'))
    await service.asked

    const sids = Array.from({ length: 12 }, (_, nth) => `SM${nth + 1}`)
    const waiting: Promise<unknown>[] = []
    for (const [nth, MessageSid] of sids.entries()) {
      waiting.push(at(nth).server.inject(form(message({ MessageSid }), '/flows/LOOKING')))
      while ((await inLine(url)) <= nth) await sleep(5)
    }
    service.answer('ready')
    await Promise.all([first, ...waiting])

    const { executions } = await store.executionPage({ size: 2 })
    expect(executions).toHaveLength(1)
    const events = await store.events(executions[0]?.sid ?? '')
    const taken = events.flatMap(({ event }) => ('params' in event ? [event.params.MessageSid] : []))
    expect(taken).toEqual(['SM0', ...sids])
  })

  test('begins one execution where all of it comes at once', async () => {
    const { at } = await servingTogether(3, { ASKING })
    const contacts = Array.from({ length: 10 }, (_, nth) => `+1555${nth}`)

    await Promise.all(
      contacts.flatMap((From) =>
        [0, 1, 2].map((nth) =>
          at(nth).server.inject(form(message({ From, MessageSid: `SM${From}${nth}` }), '/flows/ASKING')),
        ),
      ),
    )

    const { executions } = await at(0).store.executionPage({ size: 50 })
    expect(executions.map(({ contact }) => contact).sort()).toEqual(contacts)
    expect(executions.map(({ version }) => version).every((version) => version >= 3)).toBe(true)
  })

  test('is one call, where the flow allows no second one; the others hear that', async () => {
    const { at } = await servingTogether(3, { ONE_CALL })
    const callers = Array.from({ length: 10 }, (_, nth) => `+1555${nth}`)

    const answers = await Promise.all(
      callers.flatMap((From) =>
        [0, 1, 2].map((nth) =>
          at(nth).server.inject(form(call({ From, CallSid: `CA${From}${nth}` }), '/flows/ONE_CALL')),
        ),
      ),
    )

    const { executions } = await at(0).store.executionPage({ size: 50 })
    expect(executions.map(({ contact }) => contact).sort()).toEqual(callers)
    const turnedAway = answers.filter(({ body }) => body.includes('busy with another call'))
    expect(turnedAway).toHaveLength(2 * callers.length)
    for (const { sid } of executions) expect(await at(0).store.warningCodes(sid)).toEqual([81002])
  })

  test('is a call again as soon as the first one is over', async () => {
    const { at } = await servingTogether(3, { ONE_CALL })
    for (let nth = 0; nth < 6; nth++) {
      const params = call({ CallSid: `CA${nth}` })
      expect((await at(nth).server.inject(form(params, '/flows/ONE_CALL'))).body).toContain('Well?')
      await at(nth + 1).server.inject(form({ ...params, CallStatus: 'completed' }, '/flows/ONE_CALL'))
    }
  })
})

/** How many events stand in line. */
async function inLine(url: string): Promise<number> {
  return (await asked<{ count: number }>(url, 'select count(*)::int from queue'))[0]?.count ?? 0
}

const LOOKING = flow({
  Trigger: { type: 'trigger', exits: { incomingMessage: 'look' } },
  look: {
    type: 'make-http-request',
    properties: { method: 'GET', url: 'https://service.example/' },
    exits: { success: 'ask' },
  },
  ask: {
    type: 'send-and-wait-for-reply',
    properties: { body: 'It is {{widgets.look.body}}', from: '{{flow.channel.address}}' },
    exits: { incomingMessage: 'look' },
  },
})

const ASKING = flow({
  Trigger: { type: 'trigger', exits: { incomingMessage: 'ask' } },
  ask: {
    type: 'send-and-wait-for-reply',
    properties: { body: 'Well?', from: '{{flow.channel.address}}' },
    exits: { incomingMessage: 'ask' },
  },
})

const ONE_CALL = flow({
  Trigger: { type: 'trigger', exits: { incomingCall: 'ask' } },
  ask: { type: 'gather-input-on-call', properties: { say: 'Well?' }, exits: { keypress: null } },
})

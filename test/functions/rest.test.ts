import { expect, test } from 'vitest'
import { carrierApi } from '../support/carrier-api.ts'
import { flow } from '../support/flow.ts'
import { serving } from '../support/server.ts'
import { served } from './served.ts'

const ASKING = flow({
  Trigger: { type: 'trigger', exits: { incomingRequest: 'ask' } },
  ask: {
    type: 'send-and-wait-for-reply',
    properties: { from: '{{flow.channel.address}}', body: 'Hi {{flow.data.name}}', timeout: '3600' },
    exits: { incomingMessage: null },
  },
})

const async = (body: string) => `exports.handler = async (context, event, callback) => {
  const client = context.getTwilioClient(); ${body} }`

const PEOPLE = { from: '+15550002000', to: '+15550001000' }

test('a function sends a message and places a call in the simulated network, begins an execution and reads it', async () => {
  const { server, flows } = await serving({ asking: ASKING })
  const own = await server.listen({ host: '127.0.0.1', port: 0 })
  const [{ sid } = { sid: '' }] = flows.list()
  const { ask } = served(
    {
      'functions/all.js': async(`
        const message = await client.messages.create({ ...event.people, body: 'From a function' })
        const call = await client.calls.create({ ...event.people, twiml: '<Response><Hangup/></Response>' })
        const executions = client.studio.v2.flows(event.sid).executions
        const { sid } = await executions.create({ ...event.people, parameters: { name: 'Ada' } })
        const execution = await client.studio.v2.flows(event.sid).executions(sid).fetch()
        const { context: { flow } } = await client.studio.v2.flows(event.sid).executions(sid).executionContext().fetch()
        const sent = await client.messages(message.sid).fetch()
        callback(null, { body: sent.body, call: call.sid, status: execution.status, data: flow.data })`),
      'functions/refused.js': async(`client.messages.create({ ...event.people, to: 'nobody', body: 'x' })
        .catch((error) => callback(null, { status: error.status, code: error.code }))`),
    },
    { addresses: () => ({ own, carrier: own }) },
  )

  const { text } = await ask('/all', { fields: { sid, people: PEOPLE } })
  const refused = await ask('/refused', { fields: { people: PEOPLE } })

  expect(JSON.parse(text)).toEqual({
    body: 'From a function',
    call: expect.stringMatching(/^CA[0-9a-f]{32}$/),
    status: 'active',
    data: { name: 'Ada' },
  })
  expect(JSON.parse(refused.text)).toMatchObject({ status: 400, code: 21211 })
})

test('with a carrier elsewhere its requests go there, Studio’s come to us', async () => {
  const elsewhere = await carrierApi({ status: 201, body: { sid: 'SM1' } })
  const { server, flows } = await serving({ asking: ASKING })
  const own = await server.listen({ host: '127.0.0.1', port: 0 })
  const { ask } = served(
    {
      'functions/both.js': async(`
        const { sid } = await client.messages.create({ ...event.people, body: 'x' })
        const flows = await client.studio.v2.flows.list()
        callback(null, [sid, ...flows.map(({ sid }) => sid)])`),
    },
    { addresses: () => ({ own, carrier: elsewhere.url }) },
  )

  const { text } = await ask('/both', { fields: { people: PEOPLE } })

  expect(JSON.parse(text)).toEqual(['SM1', flows.list()[0]?.sid])
  expect(elsewhere.asked).toHaveLength(1)
})

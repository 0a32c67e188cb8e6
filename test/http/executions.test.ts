import twilio from 'twilio'
import { expect, test } from 'vitest'
import { flow } from '../support/flow.ts'
import { serving } from '../support/server.ts'

const ACCOUNT = `AC${'0'.repeat(32)}`
const CONTACT = { to: '+15550001000', from: '+15550002000' }
const WAITING = flow({
  Trigger: { type: 'trigger', exits: { incomingRequest: 'ask' } },
  ask: {
    type: 'send-and-wait-for-reply',
    properties: {
      from: '{{flow.channel.address}}',
      body: 'Hello {{flow.data.name}}, {{trigger.request.parameters.n}}',
    },
    exits: { incomingMessage: null },
  },
})

test('Twilio’s own client begins an execution, which texts the contact afterwards', async () => {
  const { executions, parts, sid } = await studio()

  const begun = await executions.create({ ...CONTACT, parameters: { name: 'Ada', n: 3 } })

  expect(begun).toMatchObject({
    sid: expect.stringMatching(/^FN[0-9a-f]{32}$/),
    accountSid: ACCOUNT,
    flowSid: sid,
    contactChannelAddress: CONTACT.to,
    contactSid: `FC${'0'.repeat(32)}`,
    flowVersion: 1,
    context: {},
    status: 'active',
    dateCreated: expect.any(Date),
    initiatedBy: expect.stringMatching(/^RQ/),
    url: expect.stringMatching(new RegExp(`/v2/Flows/${sid}/Executions/FN[0-9a-f]{32}$`)),
  })
  expect(begun.dateUpdated).toBeNull()
  await parts.settled()
  const execution = await parts.store.execution(begun.sid)
  expect(execution).toMatchObject({ channel: 'request', contact: CONTACT.to, address: CONTACT.from, status: 'active' })
  expect(execution?.waiting?.output).toMatchObject({ outbound: { Body: 'Hello Ada, 3', To: CONTACT.to } })
})

test('a contact has one execution at a time, and the one in the way is named', async () => {
  const { executions } = await studio()
  const { sid } = await executions.create(CONTACT)

  await expect(executions.create(CONTACT)).rejects.toMatchObject({
    status: 409,
    code: 20409,
    message: `Execution ${sid} is already active for this contact. End the active Execution before creating a new one`,
    details: { conflicting_execution_sid: sid },
  })
})

test.each([
  ['To is missing', { To: '', From: '+1' }, 20001, 'Missing required parameter To in the post body'],
  ['From is missing', { To: '+1' }, 20001, 'Missing required parameter From in the post body'],
  ['the addresses are too long', { To: '+1', From: 'x'.repeat(299) }, 81023, 'have 301 bytes'],
  ['the parameters are no JSON', { To: '+1', From: '+2', Parameters: 'name=Ada' }, 20001, 'Parameters is name=Ada'],
  ['the parameters are a list', { To: '+1', From: '+2', Parameters: '[1]' }, 20001, 'expected a JSON object'],
])('an execution is refused where %s', async (_what, form, code, message) => {
  const { post } = await studio()

  const refused = await post(form)

  expect(refused.statusCode).toBe(400)
  expect(refused.json()).toMatchObject({ code, status: 400, message: expect.stringContaining(message) })
})

test('an unknown flow and unknown credentials are refused in Twilio’s shape', async () => {
  const { client, post } = await studio()

  const unknown = client.studio.v2.flows(`FW${'9'.repeat(32)}`).executions
  await expect(unknown.create(CONTACT)).rejects.toMatchObject({ status: 404, code: 20404 })
  expect((await post({ To: '+1', From: '+2' }, 'wrong')).json()).toMatchObject({ status: 401, code: 20003 })
})

/** A server with one flow, and what speaks to it. */
async function studio() {
  const parts = await serving({ reminder: WAITING })
  const url = await parts.server.listen({ host: '127.0.0.1', port: 0 })
  const [served] = parts.flows.list()
  const sid = served?.sid ?? ''
  const client = twilio(ACCOUNT, 'dev')
  client.studio.baseUrl = url
  const post = (form: Record<string, string>, password = 'dev') =>
    parts.server.inject({
      method: 'POST',
      url: `/v2/Flows/${sid}/Executions`,
      headers: {
        authorization: `Basic ${Buffer.from(`${ACCOUNT}:${password}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: new URLSearchParams(form).toString(),
    })
  return { parts, sid, client, post, executions: client.studio.v2.flows(sid).executions }
}

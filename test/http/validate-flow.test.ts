import { expect, test } from 'vitest'
import { serving } from '../support/server.ts'

const ACCOUNT = `AC${'0'.repeat(32)}`
const KEY = `SK${'a'.repeat(32)}`
const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

const GOOD = {
  description: 'A New Flow',
  states: [{ name: 'Trigger', type: 'trigger', transitions: [{ event: 'incomingCall' }], properties: {} }],
  initial_state: 'Trigger',
  flags: { allow_concurrent_calls: true },
}
const [TRIGGER] = GOOD.states

test('a definition that Studio would take is valid', async () => {
  const { statusCode, json } = await validate({ Definition: JSON.stringify(GOOD) })

  expect([statusCode, json()]).toEqual([200, { valid: true }])
})

test.each([
  ['two widgets of one name', { ...GOOD, states: [TRIGGER, TRIGGER] }, { path: '#/states/1/name', message: 'Trigger' }],
  [
    'a transition that leads nowhere',
    { ...GOOD, states: [{ ...TRIGGER, transitions: [{ event: 'incomingCall', next: 'menu' }] }] },
    { path: '#/states/0/transitions/0/next', message: 'menu' },
  ],
  [
    'no trigger',
    { ...GOOD, states: [{ ...TRIGGER, type: 'set-variables' }] },
    { path: '#/states', message: 'trigger' },
  ],
  [
    'a property of another JSON type',
    {
      ...GOOD,
      states: [
        { ...TRIGGER, transitions: [{ event: 'incomingCall', next: 'say' }] },
        { name: 'say', type: 'say-play', properties: { say: 'Hi', loop: '3' }, transitions: [] },
      ],
    },
    { path: '#/states/1/properties/loop', message: 'string found, integer expected' },
  ],
])('%s is answered in Twilio’s shape, with the place and the offending value', async (_what, definition, flaw) => {
  const { statusCode, json } = await validate({ Definition: JSON.stringify(definition) })

  expect(statusCode).toBe(400)
  expect(json()).toMatchObject({ code: 81022, status: 400, more_info: 'https://www.twilio.com/docs/errors/81022' })
  expect(json().details.errors).toContainEqual({
    property_path: flaw.path,
    message: expect.stringContaining(flaw.message),
  })
})

/** Flaws of a widget, in the words of Studio's validator (engine.md 8.4). */
test.each([
  [
    { type: 'capture-payments', properties: { postal_code: true } },
    'properties/postal_code',
    'boolean found, string expected',
  ],
  [{ type: 'record-voicemail', properties: { trim: true } }, 'properties/trim', 'boolean found, string expected'],
  [
    { type: 'connect-call-to', properties: { noun: 'number', to: '+1', time_limit: 30 } },
    'properties/time_limit',
    'integer found, string expected',
  ],
  [
    { type: 'send-and-wait-for-reply', properties: { from: 'x', body: 'y', timeout: 600 } },
    'properties/timeout',
    'integer found, string expected',
  ],
  [
    { type: 'send-to-flex', properties: { workflow: 'WW0', channel: 'TC0', priority: 1 } },
    'properties/priority',
    'integer found, string expected',
  ],
  [
    { type: 'capture-payments', properties: { security_code: 'true' } },
    'properties/security_code',
    'string found, boolean expected',
  ],
  [
    { type: 'record-call', properties: { record_call: 'true' } },
    'properties/record_call',
    'string found, boolean expected',
  ],
  [
    { type: 'record-call', properties: { record_call: true, recording_channels: 'triple' } },
    'properties/recording_channels',
    'does not have a value in the enumeration [dual, mono]',
  ],
  [
    { type: 'say-play', properties: { say: 'x' }, transitions: [{ event: 'done' }] },
    'transitions/0/event',
    'must be a constant value audioComplete',
  ],
  [{ type: 'run-subflow', properties: { flow_revision: '1' } }, 'properties/flow_sid', 'is missing but it is required'],
  [{ type: 'make-http-request', properties: { url: null, method: 'GET' } }, 'properties/url', 'must not be null'],
  [
    { type: 'run-subflow', properties: { flow_sid: '{{flow.data.sid}}', flow_revision: '1' } },
    'properties/flow_sid',
    'must be a valid, non-liquid flow sid',
  ],
  [{ type: 'start-conversation' }, 'type', 'can only be used in flows triggered by the REST API'],
  [{ type: 'say-pley' }, 'type', 'say-pley'],
])('%j is refused at %s, for it %s', async (widget, path, message) => {
  const states = [TRIGGER, { name: 'w', properties: {}, transitions: [], ...widget }]

  const { json } = await validate({ Definition: JSON.stringify({ ...GOOD, states }) })

  expect(json().details.errors).toContainEqual({
    property_path: `#/states/1/${path}`,
    message: expect.stringContaining(message),
  })
})

test.each([
  [{ Definition: '{"states": [' }, 81022, 'a value expected'],
  [{ Definition: '' }, 20001, 'Missing required parameter Definition in the post body'],
  [{ FriendlyName: '', Definition: '{}' }, 20001, 'Missing required parameter FriendlyName in the post body'],
  [{ Status: 'live', Definition: '{}' }, 20001, 'Status is "live"; expected draft or published'],
])('%j is refused with %i', async (form, code, message) => {
  const { json } = await validate(form)

  expect(json()).toMatchObject({ code, status: 400, message: expect.stringContaining(message) })
})

test.each([
  [null, 401],
  [basic(ACCOUNT, 'wrong'), 401],
  [basic(ACCOUNT, 'dev'), 200],
  [basic(KEY, 'secret'), 200],
])('credentials %j are answered with %i', async (authorization, status) => {
  const { statusCode, json } = await validate({ Definition: JSON.stringify(GOOD) }, authorization)

  expect(statusCode).toBe(status)
  if (status === 401) expect(json()).toMatchObject({ code: 20003, status: 401 })
})

test('a definition may be larger than any webhook, within reason', async () => {
  const states = Array.from({ length: 900 }, (_, index) => ({
    ...TRIGGER,
    name: `t${index}`,
    description: 'x'.repeat(200),
  }))
  const large = await validate({ Definition: JSON.stringify({ ...GOOD, states: [TRIGGER, ...states] }) })
  const tooLarge = await validate({ Definition: 'x'.repeat(5_000_000) })

  expect(large.statusCode).toBe(200)
  expect(tooLarge.json()).toMatchObject({ status: 413, message: expect.stringContaining('4194304') })
})

async function validate(form: Record<string, string>, authorization: string | null = basic(ACCOUNT, 'dev')) {
  const { server } = await serving({}, { API_KEYS: `${KEY}:secret` })
  return server.inject({
    method: 'POST',
    url: '/v2/Flows/Validate',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...(authorization && { authorization }) },
    payload: new URLSearchParams({ FriendlyName: 'Menu', Status: 'draft', ...form }).toString(),
  })
}

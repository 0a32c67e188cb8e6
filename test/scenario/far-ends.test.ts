import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readScenarios } from '../../src/scenario/read.ts'
import type { Places } from '../support/flow.ts'
import { flowText, folderWith, played } from './stories.ts'

/** One widget that a call comes to; what it gives out is looked at. */
function flowWith(place: Places[string]): string {
  return flowText({ Trigger: { type: 'trigger', exits: { incomingCall: 'far' } }, far: place })
}

const PAY = flowWith({
  type: 'capture-payments',
  properties: { payment_amount: '9.99', security_code: false, postal_code: 'false' },
  exits: { success: null, providerError: null },
})
const KEEP = flowWith({
  type: 'capture-payments',
  properties: { payment_connector: 'Bank', security_code: false, postal_code: 'false' },
  exits: { success: null, providerError: null },
})
const AGENT = flowWith({
  type: 'connect-virtual-agent-v2',
  properties: { connector_name: 'Agent' },
  exits: { completed: null, 'live-agent-handoff': null },
})
const RELAY = flowWith({
  type: 'run-conversation-relay',
  properties: { url: 'wss://relay.example/' },
  exits: { success: null, failed: null },
})
const CONFERENCE = flowWith({
  type: 'connect-call-to',
  properties: { noun: 'conference', to: 'Room' },
  exits: { callCompleted: null, hangup: null },
})
const CARD = "  - press: '4111111111111111'\n  - press: '0529'\n"

test.each<[string, string, string, string]>([
  ['a charge is confirmed', PAY, 'payments: { Default: { confirmationCode: ch_7 } }', 'PaymentConfirmationCode: ch_7'],
  ['a charge is declined', PAY, 'payments: { "*": declined }', 'Result: payment-connector-error'],
  ['a charge has a reason', PAY, 'payments: { "*": { declined: no money, errorCode: 51 } }', 'PayErrorCode: 51'],
  ['a connector fails', PAY, 'payments: { Default: internal-error }', 'Result: internal-error'],
  ['a card is kept', KEEP, 'payments: { Default: declined, Bank: { token: cus_7 } }', 'PaymentToken: cus_7'],
])('%s as the scenario says', async (_, flow, plan, output) => {
  expect(
    await failureOf(flow, `${plan}\nstart: call\nthen:\n${CARD}  - expect: { widgets: { far: { ${output} } } }`),
  ).toBe(undefined)
})

test.each<[string, string, string, string]>([
  [
    'a virtual agent hands over',
    AGENT,
    'connections: { VirtualAgent: { lasts: 1m, parameters: { VirtualAgentStatus: live-agent-handoff } } }',
    '{ widgets: { far: { VirtualAgentStatus: live-agent-handoff } }, call: completed }',
  ],
  [
    'a relay fails',
    RELAY,
    'connections: { "*": { lasts: 5s, parameters: { SessionStatus: failed, ErrorCode: 64105 } } }',
    '{ widgets: { far: { ErrorCode: 64105 } }, call: completed }',
  ],
  [
    'a guest comes and goes, and the conference is over',
    CONFERENCE,
    'conferences: { Room: [{ joins: 20s, stays: 10s, ends: true }] }',
    '{ widgets: { far: { DialCallStatus: answered } }, call: completed }',
  ],
])('%s as the scenario says', async (_, flow, plan, expected) => {
  expect(await failureOf(flow, `${plan}\nstart: call\nthen:\n  - expect: ${expected}`)).toBe(undefined)
})

test('a far end that has no end stays until the caller goes', async () => {
  const steps = '  - wait: 30m\n    expect: { call: in-progress }\n  - hangUp:\n'

  expect(await failureOf(AGENT, `connections: { VirtualAgent: {} }\nstart: call\nthen:\n${steps}`)).toBe(undefined)
  expect(await failureOf(CONFERENCE, `conferences: { "*": nobody }\nstart: call\nthen:\n${steps}`)).toBe(undefined)
})

test.each([
  [
    'payments: { Default: perhaps }',
    'payments.Default is "perhaps"; expected "accepted", "declined", "internal-error", or keys',
  ],
  ['payments: { Default: { decline: no } }', `"decline" means nothing here; did you mean 'declined'?`],
  [
    'payments: { Default: { declined: no, token: a } }',
    'declined with its errorCode, or a token or a confirmationCode',
  ],
  ['conferences: { Room: [{ joins: soon }] }', 'expected a duration such as 90s, 5m, 2h or 1d'],
  ['conferences: { Room: Bob }', 'conferences.Room is "Bob"; expected "nobody", or a list of guests'],
  ['connections: { VirtualAgents: {} }', `"VirtualAgents" means nothing here; did you mean 'VirtualAgent'?`],
])('%s is told of with what was expected', (text, message) => {
  const [read] = readScenarios(resolve('story.yaml'), `flow: flow.json\nstart: call\n${text}\n`)

  expect(read && 'faults' in read && read.faults.map((fault) => fault.message)).toEqual([
    expect.stringContaining(message),
  ])
})

async function failureOf(flow: string, text: string) {
  const folder = folderWith({ 'flow.json': flow })
  return (await played(`flow: flow.json\n${text}\n`, resolve(folder, 'story.yaml'))).failure
}

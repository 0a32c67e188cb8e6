import { expect, test } from 'vitest'
import { exit } from '../../src/engine/widget.ts'
import { startConversation } from '../../src/widgets/start-conversation.ts'
import { HOOK, TEXTING, visit } from '../support/visit.ts'

/** An execution that REST began. */
const REQUESTED = { channel: 'request', call: undefined } as const

const TALKING = { ...REQUESTED, conversation: { sid: 'CH1', status: 'active', authors: [] } } as const

const start = (properties = {}, execution: Parameters<typeof visit>[2] = { execution: REQUESTED }) =>
  startConversation.enter(visit(startConversation, properties, execution))

test('a conversation is begun with everything that the widget names', () => {
  const properties = {
    conversation_service_sid: 'IS1',
    friendly_name: 'Order 7',
    participants: [
      { type: 'messaging', messaging_binding_address: '+15557777', messaging_binding_proxy_address: '+15558888' },
    ],
    attributes: '{"order":7}',
    messaging_service_sid: 'MG1',
    timers_inactive: 'PT10M',
    timers_closed: 'PT20M',
  }
  expect(start(properties)).toMatchObject({
    kind: 'wait',
    for: ['conversation-opened', 'conversation-refused'],
    effect: {
      type: 'start-conversation',
      serviceSid: 'IS1',
      friendlyName: 'Order 7',
      attributes: '{"order":7}',
      messagingServiceSid: 'MG1',
      timers: { inactive: 'PT10M', closed: 'PT20M' },
      participant: { address: '+15557777', proxyAddress: '+15558888' },
      webhookUrl: HOOK,
    },
  })
})

test('the service is found under its other name, too', () => {
  expect(start({ chat_service_sid: 'IS2' })).toMatchObject({ effect: { serviceSid: 'IS2' } })
})

test('by default it is begun with the contact', () => {
  const contact = { participant: { address: '+15550001', proxyAddress: '+15550002' } }
  expect(start()).toMatchObject({ effect: contact })
  expect(start({ participants: [{ messaging_binding_address: ' ' }] })).toMatchObject({ effect: contact })
})

test('it works only where REST began the execution', () => {
  const message = 'Start Conversation can only be used in flows triggered by the REST API'
  expect(start({}, { execution: TEXTING })).toEqual(exit('failed', { warnings: [{ code: 81020, message }] }))
})

test('an execution has one conversation at most', () => {
  const message = expect.stringContaining('has a conversation already')
  expect(start({}, { execution: TALKING })).toEqual(exit('failed', { warnings: [{ code: 81006, message }] }))
})

test('any other event does not concern it', () => {
  expect(startConversation.resume?.(visit(startConversation), { type: 'time-ran-out' })).toBeUndefined()
})

import { expect, test } from 'vitest'
import { ask, exit } from '../../src/engine/widget.ts'
import { sendMessage } from '../../src/widgets/send-message.ts'
import { execution, visit } from '../support/visit.ts'

const REFUSED = { Sid: null, Status: 'failed', ErrorCode: 21211, ErrorMessage: "The 'To' number is not valid." }

function send(properties: Record<string, unknown>, setting: Parameters<typeof visit>[2] = {}) {
  return sendMessage.enter(visit(sendMessage, { from: '+15550002', body: 'Hello', ...properties }, setting))
}

function message(fields: Record<string, unknown>) {
  return { kind: 'wait', effect: { type: 'send-message', from: '+15550002', to: '+15550001', ...fields } }
}

function failure(why: string) {
  return exit('failed', { warnings: [{ code: 81011, message: expect.stringContaining(why) }] })
}

const BARE = { type: 'send-message', from: '+15550002', to: '+15550001', body: 'Hello' } as const

test('a message goes from the given number to the given one', () => {
  const sent = ask(
    { type: 'send-message', from: '+15550002', to: '+15559999', body: 'Hello' },
    'message-sent',
    'message-refused',
  )
  expect(send({ to: '+15559999' })).toEqual({ ...sent, warnings: [] })
})

test('addresses that are filled to nothing are those of the flow and of the contact', () => {
  expect(send({ from: ' ', to: '' })).toMatchObject(message({ body: 'Hello' }))
})

test('a picture needs no text', () => {
  const media_url = 'https://pictures.example/cat.png?size=1'
  expect(send({ body: '', media_url })).toMatchObject(message({ mediaUrl: media_url }))
})

test('a media URL that is filled with blanks is none', () => {
  expect(send({ media_url: ' \n' })).toEqual({ ...ask(BARE, 'message-sent', 'message-refused'), warnings: [] })
})

test.each([['pictures.example/cat.png'], ['ftp://pictures.example/cat.png'], ['/cat.png']])(
  'the media URL %s fails',
  (media_url) => {
    expect(send({ media_url })).toEqual(failure('media URL'))
  },
)

test('a message without text, media and template fails and leaves nothing behind', () => {
  expect(send({ body: '' })).toEqual(failure('no body'))
})

test('a message without an address on either side fails', () => {
  expect(send({ from: '' }, { execution: { address: '' } })).toEqual(failure('no sender'))
  expect(send({ to: '' }, { execution: { contact: '' } })).toEqual(failure('no recipient'))
})

test('a content template takes the place of the text', () => {
  const content_variables = [{ key: '1', value: 'Ada' }]
  const wait = send({ message_type: 'content_template', content_sid: 'HX1', content_variables })
  expect(wait).toMatchObject(message({ contentSid: 'HX1', contentVariables: '{"1":"Ada"}' }))
  expect(wait).not.toHaveProperty('effect.body')
})

test('a content template without its sid fails', () => {
  expect(send({ message_type: 'content_template' })).toEqual(failure('no content template'))
})

test('short links are sent through the Messaging Service that brought the message', () => {
  const frames = execution().frames.map((frame) => ({ ...frame, trigger: { message: { MessagingServiceSid: 'MG7' } } }))
  expect(send({ shorten_urls: true }, { execution: { frames } })).toMatchObject(
    message({ from: 'MG7', shortenUrls: true }),
  )
  expect(send({ shorten_urls: true })).toMatchObject(message({ from: '+15550002', shortenUrls: true }))
})

test('a message for a chat channel goes to the contact, with a line in the log', () => {
  expect(send({ service: 'IS1', channel: 'CH1' })).toMatchObject({
    ...message({ body: 'Hello' }),
    warnings: [{ code: 81020 }],
  })
  expect(send({ service: 'IS1', channel: '' })).toMatchObject({ ...message({ body: 'Hello' }), warnings: [] })
})

test('a message that was accepted leaves by sent, whatever becomes of it later', () => {
  const outbound = { Sid: 'SM1', Status: 'queued', Body: 'Hello' }
  const left = sendMessage.resume?.(visit(sendMessage, { from: '' }), { type: 'message-sent', message: outbound })
  expect(left).toEqual(exit('sent', { output: { outbound } }))
})

test('a message that was refused leaves by failed and shows why', () => {
  const event = { type: 'message-refused', message: REFUSED, reason: REFUSED.ErrorMessage } as const
  const left = sendMessage.resume?.(visit(sendMessage, { from: '' }), event)
  expect(left).toEqual({ ...failure('not valid'), output: { outbound: REFUSED } })
})

test('the end of the call does not concern it', () => {
  expect(sendMessage.resume?.(visit(sendMessage, { from: '' }), { type: 'call-ended', params: {} })).toBeUndefined()
})

const TALKING = {
  channel: 'conversation',
  call: undefined,
  address: 'CH1',
  conversation: { sid: 'CH1', status: 'active', authors: [] },
} as const

function post(fields: Record<string, unknown>) {
  return { kind: 'wait', effect: { type: 'post-message', conversation: { sid: 'CH1' }, ...fields } }
}

test('in a conversation it writes there, under the name of the sender', () => {
  const wait = send({ from: 'Bot', to: '+15559999', attributes: '{"a":1}' }, { execution: TALKING })
  expect(wait).toMatchObject({ ...post({ author: 'Bot', body: 'Hello', attributes: '{"a":1}' }), warnings: [] })
  expect(send({ from: '' }, { execution: TALKING })).toMatchObject(post({ author: 'CH1' }))
})

test('a conversation takes a content template, but no media from a flow', () => {
  const template = { message_type: 'content_template', content_sid: 'HX1', attributes: ' ' }
  const media_url = 'https://pictures.example/cat.png'
  expect(send(template, { execution: TALKING })).toMatchObject(post({ contentSid: 'HX1', attributes: undefined }))
  expect(send({ media_url }, { execution: TALKING })).toMatchObject({ ...post({}), warnings: [{ code: 81020 }] })
  expect(send({ body: '', media_url }, { execution: TALKING })).toEqual(failure('no body'))
})

test('once agents have the conversation the flow writes nothing there', () => {
  const conversation = { ...TALKING.conversation, status: 'handed off' } as const
  expect(send({}, { execution: { ...TALKING, conversation } })).toEqual(failure('handed off'))
})

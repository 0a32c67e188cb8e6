import { expect, test } from 'vitest'
import { exit } from '../../src/engine/widget.ts'
import { resumeConversation } from '../../src/widgets/resume-conversation.ts'
import { HOOK, TEXTING, visit } from '../support/visit.ts'

/** An execution that REST began. */
const REQUESTED = { channel: 'request', call: undefined } as const

const TALKING = { ...REQUESTED, conversation: { sid: 'CH1', status: 'active', authors: [] } } as const

const resume = (properties = {}, execution: NonNullable<Parameters<typeof visit>[2]>['execution'] = REQUESTED) =>
  resumeConversation.enter(visit(resumeConversation, { conversation_sid: ' CH2 ', ...properties }, { execution }))

test('a conversation is taken up with its messages', () => {
  expect(resume({ conversation_service_sid: 'IS1', attributes: '{}' })).toMatchObject({
    kind: 'wait',
    for: ['conversation-opened', 'conversation-refused'],
    effect: {
      type: 'resume-conversation',
      conversation: { sid: 'CH2', serviceSid: 'IS1' },
      attributes: '{}',
      filters: ['onMessageAdded'],
      webhookUrl: HOOK,
    },
  })
})

test('other events are told where the widget wants them', () => {
  const filters = ['onMessageAdded', 'onConversationUpdated']
  expect(resume({ webhook_filters: filters.join(', ') })).toMatchObject({ effect: { filters } })
})

test('it works only where REST began the execution', () => {
  const message = 'Resume Conversation can only be used in flows triggered by the REST API'
  expect(resume({}, TEXTING)).toEqual(exit('failed', { warnings: [{ code: 81020, message }] }))
})

test('an execution has one conversation at most', () => {
  const message = expect.stringContaining('has a conversation already')
  expect(resume({}, TALKING)).toEqual(exit('failed', { warnings: [{ code: 81006, message }] }))
})

test('any other event does not concern it', () => {
  const here = visit(resumeConversation, { conversation_sid: 'CH2' })
  expect(resumeConversation.resume?.(here, { type: 'time-ran-out' })).toBeUndefined()
})

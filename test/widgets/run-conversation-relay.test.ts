import { expect, test } from 'vitest'
import { runConversationRelay } from '../../src/widgets/run-conversation-relay.ts'
import { continued, twimlOf, visit } from '../support/visit.ts'

test('the caller is connected with the service', () => {
  const properties = {
    url: 'wss://a.example/talk',
    welcome_greeting: 'Hi',
    language: 'en-US',
    tts_provider: 'Google',
    voice: 'en-US-Journey-O',
    transcription_provider: 'Deepgram',
    speech_model: 'nova-2',
    dtmf_detection: 'true',
    interruptible: 'speech',
    parameters: [{ key: 'a', value: '1' }],
  }
  expect(twimlOf(runConversationRelay.enter(visit(runConversationRelay, properties)))).toBe(
    '<Connect action="HOOK" method="POST"><ConversationRelay url="wss://a.example/talk" welcomeGreeting="Hi" language="en-US" ttsProvider="Google" ' +
      'voice="en-US-Journey-O" transcriptionProvider="Deepgram" speechModel="nova-2" dtmfDetection="true" interruptible="speech">' +
      '<Parameter name="a" value="1"/></ConversationRelay></Connect>',
  )
})

test.each([{}, { url: 'https://a.example' }, { url: 'nowhere' }])('%j leaves by failed and says why', (properties) => {
  expect(runConversationRelay.enter(visit(runConversationRelay, properties))).toMatchObject({
    exit: 'failed',
    warnings: [{ code: 81014 }],
  })
})

test.each([
  [{ SessionStatus: 'ended', HandoffData: '{}' }, 'success'],
  [{ SessionStatus: 'failed' }, 'failed'],
  [{ ErrorCode: '64105' }, 'failed'],
] as const)('%j leaves by %s', (params, exit) => {
  expect(runConversationRelay.resume?.(visit(runConversationRelay), continued(params))).toEqual({
    kind: 'exit',
    exit,
    output: params,
  })
})

test('any other event does not concern it', () => {
  expect(runConversationRelay.resume?.(visit(runConversationRelay), { type: 'time-ran-out' })).toBeUndefined()
})

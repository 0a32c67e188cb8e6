import { expect, test } from 'vitest'
import { gatherInputOnCall } from '../../src/widgets/gather-input-on-call.ts'
import { continued, twimlOf, visit } from '../support/visit.ts'

const gathered = (properties: Record<string, unknown>, ...wired: string[]) =>
  twimlOf(gatherInputOnCall.enter(visit(gatherInputOnCall, { say: 'Press', ...properties }, { wired })))

const leave = (params: Record<string, string>) =>
  gatherInputOnCall.resume?.(visit(gatherInputOnCall), continued(params))

test('it prompts, gathers, and goes on by timeout when nothing was entered', () => {
  expect(gathered({}, 'keypress')).toBe(
    '<Gather input="dtmf" action="HOOK" method="POST" timeout="5" finishOnKey="#"><Say>Press</Say></Gather>' +
      '<Redirect method="POST">HOOK?FlowEvent=timeout</Redirect>',
  )
})

test.each([
  [['keypress'], 'dtmf'],
  [['keypress', 'speech'], 'dtmf speech'],
  [['speech'], 'speech'],
  [[], 'dtmf'],
])('with %j wired the input is %s', (wired, input) => {
  expect(gathered({}, ...wired)).toContain(`<Gather input="${input}"`)
})

test.each([
  [{ stop_gather: false, finish_on_key: '#' }, 'finishOnKey=""'],
  [{ stop_gather: 'true', finish_on_key: '*' }, 'finishOnKey="*"'],
  [{ finish_on_key: '' }, 'finishOnKey=""'],
  [{ finish_on_key: 'none' }, 'finishOnKey="#"'],
  [{ number_of_digits: '4' }, 'numDigits="4"'],
  [{ timeout: '0' }, 'timeout="0"'],
])('%j gathers with %s', (properties, attribute) => {
  expect(gathered(properties, 'keypress')).toContain(attribute)
})

test('no number of digits means as many as are pressed', () => {
  expect(gathered({ number_of_digits: 0 }, 'keypress')).not.toContain('numDigits')
})

const SPEECH = {
  gather_language: 'fr-CA',
  hints: 'oui, non',
  speech_timeout: '3',
  speech_model: 'phone_call',
  profanity_filter: 'false',
}

test('speech is recognised as asked for', () => {
  expect(gathered(SPEECH, 'speech')).toContain(
    'language="fr-CA" hints="oui, non" speechTimeout="3" speechModel="phone_call" profanityFilter="false"',
  )
  expect(gathered({ speech_timeout: 'soon' }, 'speech')).toContain('speechTimeout="auto"')
})

test('the language that the canvas writes by default is one that the carrier knows', () => {
  const gather = gathered({ language: 'en', gather_language: 'en' }, 'speech')
  expect(gather).toContain(' language="en-US" speechTimeout="auto"')
  expect(gather).toContain('<Say language="en-US">')
})

test('where speech leads nowhere it is not recognised', () => {
  expect(gathered(SPEECH, 'keypress')).not.toMatch(/language|hints|speech|profanity/)
})

test('a file is played in the place of a text', () => {
  expect(gathered({ play: 'https://a.example/b.mp3' }, 'keypress')).toContain(
    '><Play>https://a.example/b.mp3</Play></Gather>',
  )
})

test.each([
  [{ Digits: '42' }, 'keypress'],
  [{ SpeechResult: 'yes', Confidence: '0.9' }, 'speech'],
  [{ FlowEvent: 'timeout' }, 'timeout'],
  [{ Digits: '', FinishedOnKey: '#' }, 'timeout'],
] as const)('%j leaves by %s', (params, exit) => {
  expect(leave(params)).toEqual({ kind: 'exit', exit, output: params })
})

test('any other event does not concern it', () => {
  expect(gatherInputOnCall.resume?.(visit(gatherInputOnCall), { type: 'time-ran-out' })).toBeUndefined()
})

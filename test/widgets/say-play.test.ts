import { expect, test } from 'vitest'
import { sayPlay } from '../../src/widgets/say-play.ts'
import { continued, twimlOf, visit } from '../support/visit.ts'

const BACK = '<Redirect method="POST">HOOK?FlowEvent=audioComplete</Redirect>'

test.each([
  [
    { say: 'Hi & bye', voice: 'Polly.Joanna', language: 'en-US', loop: 2 },
    '<Say voice="Polly.Joanna" language="en-US" loop="2">Hi &amp; bye</Say>',
  ],
  [{ say: 'Hi', voice: '\n Polly.Joanna\n', language: ' ' }, '<Say voice="Polly.Joanna">Hi</Say>'],
  [{ say: 'Hi', voice: 'alice', language: 'en' }, '<Say voice="alice" language="en-US">Hi</Say>'],
  [{ say: 'Hi', voice: 'default', loop: '3' }, '<Say loop="3">Hi</Say>'],
  [{ say: 'One <break time="1s"/> two' }, '<Say>One <break time="1s"/> two</Say>'],
  [{ say: 'a <b>' }, '<Say>a &lt;b&gt;</Say>'],
  [{ play: ' https://a.example/b.mp3 ', loop: 1 }, '<Play loop="1">https://a.example/b.mp3</Play>'],
  [{ digits: '1w2 3x#' }, '<Play digits="1w23#"/>'],
  [{ say: 'Hi', play: 'https://a.example/b.mp3' }, '<Play>https://a.example/b.mp3</Play>'],
  [{ say: '  ' }, ''],
  [{}, ''],
])('%j is heard as %s', (properties, heard) => {
  expect(twimlOf(sayPlay.enter(visit(sayPlay, properties)))).toBe(heard + BACK)
})

test('it is left when the audio was heard, with the parameters of the call', () => {
  const params = { CallStatus: 'in-progress', FlowEvent: 'audioComplete' }
  expect(sayPlay.resume?.(visit(sayPlay), continued(params))).toEqual({
    kind: 'exit',
    exit: 'audioComplete',
    output: params,
  })
})

test('any other event does not concern it', () => {
  expect(sayPlay.resume?.(visit(sayPlay), { type: 'time-ran-out' })).toBeUndefined()
})

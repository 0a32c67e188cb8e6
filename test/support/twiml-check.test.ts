import { expect, test } from 'vitest'
import { checkTwiml } from './twiml-check.ts'

const whole = (inner: string) => `<?xml version="1.0" encoding="UTF-8"?><Response>${inner}</Response>`

test.each([
  ['voice', ''],
  [
    'voice',
    '<Say voice="alice">Hi <break time="1s"/> &amp; bye</Say><Redirect method="POST">https://a.example/?x=1&amp;y=2</Redirect>',
  ],
  ['voice', '<Gather input="dtmf" action="https://a.example/" timeout="5" finishOnKey=""><Say>Press</Say></Gather>'],
  ['voice', `<Enqueue workflowSid="WW${'0'.repeat(32)}"><Task>{}</Task></Enqueue>`],
  ['message', '<Message><Body>Hi</Body><Media>https://a.example/b.png</Media></Message>'],
] as const)('a sound answer to a %s has no flaw: %s', (kind, inner) => {
  expect(checkTwiml(whole(inner), kind)).toEqual([])
})

test.each([
  ['a blank before the declaration', ` ${whole('')}`],
  ['something after the root', `${whole('')}x`],
  ['a DOCTYPE', '<!DOCTYPE x><Response/>'],
  ['another root', '<Answer/>'],
  ['a forbidden character', whole('<Say>\u0001</Say>')],
  ['a forbidden reference', whole('<Say>&#1;</Say>')],
  ['an unknown entity', whole('<Say>&nbsp;</Say>')],
  ['a bare ampersand', whole('<Say>a & b</Say>')],
  ['an attribute twice', whole('<Say loop="1" loop="2">a</Say>')],
  ['crossed tags', whole('<Gather><Say>a</Gather></Say>')],
  ['an open tag', whole('<Say>a')],
  ['an unknown verb', whole('<Speak>a</Speak>')],
  ['an unknown attribute', whole('<Say speed="1">a</Say>')],
  ['a value out of its range', whole('<Gather numDigits="0"/>')],
  ['a relative URL', whole('<Redirect>/next</Redirect>')],
  ['an empty Say', whole('<Say> </Say>')],
  ['a Dial of nobody', whole('<Dial/>')],
  ['a verb in a verb', whole('<Gather><Redirect>https://a.example/</Redirect></Gather>')],
  ['SSML in the wrong place', whole('<Say><s><p>a</p></s></Say>')],
  ['a Task that is no JSON', whole('<Enqueue workflowSid="WW1"><Task>x</Task></Enqueue>')],
  ['an attribute of the root', '<Response version="1"/>'],
  ['a blank value', whole('<Say language="">a</Say>')],
  ['a number that is none', whole('<Dial><Number> </Number></Dial>')],
  ['a Redirect to nowhere', whole('<Redirect/>')],
  ['a lone surrogate', whole('<Say>\ud800</Say>')],
  ['a verb of messages', whole('<Message><Body>a</Body></Message>')],
  ['a document that is too large', whole(`<Say>${'a'.repeat(70_000)}</Say>`)],
])('%s is a flaw', (_what, xml) => {
  expect(checkTwiml(xml, 'voice')).not.toEqual([])
})

test.each(['<Say>a</Say>', '<Message/>', `<Message><Body>${'a'.repeat(1601)}</Body></Message>`])(
  '%s is a flaw in the answer to a message',
  (inner) => {
    expect(checkTwiml(whole(inner), 'message')).toHaveLength(1)
  },
)

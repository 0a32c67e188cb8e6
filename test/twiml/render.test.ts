import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Element, readXml } from '../../src/simulator/document/element.ts'
import { renderDocument, renderTwiml } from '../../src/twiml/render.ts'
import type { Verb } from '../../src/twiml/verbs.ts'
import { checkTwiml } from '../support/twiml-check.ts'

const URL = 'https://a.example/?x=1&y=2'

/** One of each verb and noun; the file of the same name holds its TwiML. */
const GOLDEN: Readonly<Record<string, readonly Verb[]>> = {
  nothing: [],
  say: [{ verb: 'Say', voice: 'Polly.Joanna', language: 'en-US', loop: 2, text: 'Tom & Jerry say "hi"' }],
  ssml: [
    {
      verb: 'Say',
      text: 'One <break strength="weak"/> <lang xml:lang="fr-CA">deux &amp; <emphasis>trois</emphasis></lang>',
    },
  ],
  play: [
    { verb: 'Play', loop: 1, text: URL },
    { verb: 'Play', digits: '1w2' },
  ],
  pause: [{ verb: 'Pause', length: 3 }],
  redirect: [{ verb: 'Redirect', method: 'POST', text: URL }],
  hangup: [{ verb: 'Hangup' }],
  reject: [{ verb: 'Reject', reason: 'busy' }],
  gather: [
    {
      verb: 'Gather',
      input: 'dtmf speech',
      action: URL,
      method: 'POST',
      timeout: 5,
      finishOnKey: '',
      numDigits: 4,
      profanityFilter: true,
      children: [{ verb: 'Say', text: 'Press' }, { verb: 'Play', text: URL }, { verb: 'Pause' }],
    },
  ],
  record: [
    {
      verb: 'Record',
      action: URL,
      method: 'POST',
      timeout: 0,
      finishOnKey: '*#',
      maxLength: 60,
      playBeep: false,
      trim: 'do-not-trim',
      transcribe: true,
      transcribeCallback: URL,
    },
  ],
  dial: [
    {
      verb: 'Dial',
      action: URL,
      method: 'POST',
      callerId: '+15550001',
      timeout: 30,
      timeLimit: 60,
      record: 'record-from-answer',
      children: [
        { verb: 'Number', text: '+15550009' },
        { verb: 'Client', text: 'bob' },
        { verb: 'Sim', text: 'DE1' },
        { verb: 'Sip', username: 'u', password: '<p>', text: 'sip:a@b.example' },
      ],
    },
    { verb: 'Dial', children: [{ verb: 'Conference', text: 'room' }] },
  ],
  enqueue: [
    { verb: 'Enqueue', action: URL, method: 'POST', waitUrl: URL, waitUrlMethod: 'GET', text: 'support' },
    {
      verb: 'Enqueue',
      workflowSid: 'WW1',
      children: [{ verb: 'Task', priority: 5, timeout: 60, text: '{"a":"<b>"}' }],
    },
  ],
  pay: [
    {
      verb: 'Pay',
      action: URL,
      chargeAmount: '10.99',
      securityCode: false,
      children: [{ verb: 'Parameter', name: 'a"b', value: '1' }],
    },
  ],
  connect: [
    {
      verb: 'Connect',
      action: URL,
      method: 'POST',
      children: [
        {
          verb: 'VirtualAgent',
          connectorName: 'a',
          children: [
            { verb: 'Config', name: 'c', value: 'd' },
            { verb: 'Parameter', name: 'e', value: 'f' },
          ],
        },
      ],
    },
    { verb: 'Connect', children: [{ verb: 'ConversationRelay', url: 'wss://a.example', dtmfDetection: true }] },
  ],
  stream: [
    {
      verb: 'Start',
      children: [
        {
          verb: 'Stream',
          name: 's',
          url: 'wss://a.example',
          track: 'both_tracks',
          children: [{ verb: 'Parameter', name: 'a', value: 'b' }],
        },
      ],
    },
    { verb: 'Stop', children: [{ verb: 'Siprec', name: 's' }] },
  ],
  message: [
    {
      verb: 'Message',
      statusCallback: URL,
      children: [
        { verb: 'Body', text: 'a < b' },
        { verb: 'Media', text: URL },
      ],
    },
  ],
}

test.each(Object.entries(GOLDEN))('%s is written as its golden file says', async (name, verbs) => {
  await expect(`${renderTwiml(verbs)}\n`).toMatchFileSnapshot(`golden/${name}.xml`)
})

test.each(Object.entries(GOLDEN))('the carrier has nothing to say against %s', (name, verbs) => {
  expect(checkTwiml(renderTwiml(verbs), name === 'message' ? 'message' : 'voice')).toEqual([])
})

test('somebody else’s document stays as it is', () => {
  expect(renderDocument({ xml: '<Response> <Say>x</Say></Response>' })).toBe('<Response> <Say>x</Say></Response>')
})

test.each([
  ['a NUL and a backspace', 'a\u0000b\bc', 'abc'],
  ['lone surrogates', '\ud800a\udc00', 'a'],
  ['U+FFFE and U+FFFF', 'a\ufffe\uffff', 'a'],
  ['an emoji', 'a 😀', 'a 😀'],
  ['text that looks like an entity', '&lt;b&gt; &amp;amp; &#0;', '&lt;b&gt; &amp;amp; &#0;'],
  ['a closing CDATA mark', 'a]]>b', 'a]]>b'],
  ['a tag', '<script>alert(1)</script>', '<script>alert(1)</script>'],
  ['the end of its own element', '</Say><Hangup/>', '</Say><Hangup/>'],
])('%s is text and nothing else', (_what, text, read) => {
  const [say] = childrenOf(renderTwiml([{ verb: 'Say', text }]))
  expect(say).toEqual({ name: 'Say', attributes: {}, children: [read] })
})

const ALLOWED =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

test('any text is read back as it was, but for what XML forbids', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, name) => {
      const [body] = childrenOf(renderTwiml([{ verb: 'Message', children: [{ verb: 'Body', text }] }]))
      const [pay] = childrenOf(renderTwiml([{ verb: 'Pay', description: name }]))
      const written = text.replace(ALLOWED, '')
      expect(body).toMatchObject({ children: [{ name: 'Body', children: written === '' ? [] : [written] }] })
      expect(pay).toMatchObject({ attributes: { description: name.replace(ALLOWED, '') } })
    }),
  )
})

function childrenOf(xml: string): Element['children'] {
  const root = readXml(xml)
  if ('code' in root) throw new Error(root.message)
  return root.children
}

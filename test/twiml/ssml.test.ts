import { expect, test } from 'vitest'
import { isTwiml, renderTwiml } from '../../src/twiml/render.ts'

const said = (text: string) => /<Say>(.*)<\/Say>/s.exec(renderTwiml([{ verb: 'Say', text }]))?.[1]

test.each([
  '<break/>',
  'a <break time="500ms"/> b',
  '<p><s>One.</s><s>Two.</s></p>',
  '<prosody rate="slow" pitch="low"><p>slow</p></prosody>',
  '<say-as interpret-as="telephone">+15550001</say-as>',
  '<phoneme alphabet="ipa" ph="pɪˈkɑːn">pecan</phoneme>',
  '<sub alias="World Wide Web">WWW</sub> &amp; <w role="amazon:VB">read</w>',
  '<lang xml:lang="es-MX">hola</lang>',
])('%s is markup', (text) => {
  expect(said(text)).toBe(text)
})

test('speak is taken off, for Say takes its place', () => {
  expect(said(' <speak>One <break/> two</speak> ')).toBe('One <break/> two')
})

test.each([
  'a < b and c > d',
  '<break>',
  '<p>open',
  '<b>bold</b>',
  '<break loud="yes"/>',
  '<s><p>wrong way round</p></s>',
  '<break>text</break>',
  '<emphasis>a & b</emphasis>',
  '<emphasis>&nbsp;</emphasis>',
  '<!-- comment --><break/>',
  '<!DOCTYPE x [<!ENTITY a "b">]><p>&a;</p>',
  '<?php ?><p>a</p>',
  `${'<p>'.repeat(80)}deep${'</p>'.repeat(80)}`,
  '<p a="1" a="2">twice</p>',
  '<Hangup/>',
])('%s is no markup and is said as it stands', (text) => {
  expect(said(text)).toBe(text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'))
})

test.each(['<', '<a ', '&', '<p>', '<p a="', '</p>', '&#1', '<p a=', "<p b='x' "])(
  '64 kB of %j stall nothing',
  (part) => {
    const text = part.repeat(65_536 / part.length)
    const started = performance.now()
    renderTwiml([{ verb: 'Say', text }])
    expect(performance.now() - started).toBeLessThan(1000)
  },
)

test.each([
  ['<Response/>', true],
  ['<?xml version="1.0" encoding="UTF-8"?>\n<Response><Say voice="alice">Hi &amp; bye</Say></Response>\n', true],
  ['<Response><!-- a comment --><Hangup/></Response>', true],
  ['', false],
  ['Hello', false],
  ['<Response>', false],
  ['<Answer/>', false],
  ['<Response/><Response/>', false],
  ['<Response/>trailing', false],
  ['<!DOCTYPE Response><Response/>', false],
  ['<Response>\u0000</Response>', false],
  ['<Response>a & b</Response>', false],
  [' <?xml version="1.0"?><Response/>', false],
  ['<!-- a <!-- b --><Response/><!-- c -->', true],
  ['<Response/><!-- a', false],
  ['<Response/><!-->', false],
])('%j is TwiML: %s', (text, expected) => {
  expect(isTwiml(text)).toBe(expected)
})

test('a text of comments that do not end is read in one pass', () => {
  const started = performance.now()
  expect(isTwiml('<!--'.repeat(250_000))).toBe(false)
  expect(performance.now() - started).toBeLessThan(1_000) // it was a minute
})

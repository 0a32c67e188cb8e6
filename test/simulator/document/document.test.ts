import { expect, test } from 'vitest'
import { documentOf, parseTwiml } from '../../../src/simulator/document/document.ts'
import { textOf } from '../../../src/simulator/document/element.ts'
import type { WebAnswer } from '../../../src/simulator/line/web-request.ts'

const URL = 'https://a.example/a'

function answer(contentType: string, body: string, status = 200): WebAnswer {
  return { status, contentType, body, url: URL }
}

/** Verbs as `Name: text`, or the code of the problem. */
function made(from: WebAnswer, kind: 'voice' | 'message'): readonly string[] | number {
  const document = documentOf(from, kind)
  if ('code' in document) return document.code
  expect(document.base).toBe(URL)
  return document.verbs.map((verb) => `${verb.name}: ${textOf(verb)}`)
}

const TWIML = '<Response><Say>Hi</Say></Response>'

test.each([
  ['voice', 'text/xml', TWIML, ['Say: Hi']],
  ['voice', 'application/xml', TWIML, ['Say: Hi']],
  ['voice', 'text/html', TWIML, ['Say: Hi']],
  ['voice', 'text/html', '<p>Not found', 12100],
  ['voice', 'text/plain', TWIML, ['Say: Hi']],
  ['voice', 'text/plain', '\n <Response/>', []],
  ['voice', 'text/plain', 'Hello there', ['Say: Hello there']],
  ['voice', 'text/plain', '<Response>', ['Say: <Response>']],
  ['voice', 'audio/mpeg', '', [`Play: ${URL}`]],
  ['voice', 'audio/x-wav', '', [`Play: ${URL}`]],
  ['voice', 'audio/midi', 'MThd', 12300],
  ['voice', 'application/json', '{}', 12300],
  ['voice', 'application/xhtml+xml', TWIML, 12300],
  ['voice', '', TWIML, 11200],
  ['voice', 'text/xml', '', 11770],
  ['voice', 'text/xml', '  ', 12100],
  ['voice', 'text/xml', '<Response/>', []],
  ['message', 'text/xml', '<Response><Message>Hi</Message></Response>', ['Message: Hi']],
  ['message', 'text/plain', 'Hello there', ['Message: Hello there']],
  ['message', 'text/xml', '', []],
  ['message', '', '', []],
  ['message', 'text/xml', ' \n', []],
  ['message', 'audio/mpeg', 'a', 12300],
  ['message', 'application/json', '{}', 12300],
  ['message', '', 'Hello there', 11200],
] as const)('the answer to a %s of the type %j that says %j is %j', (kind, type, body, expected) => {
  expect(made(answer(type, body), kind)).toEqual(expected)
})

test.each([304, 400, 404, 500, 503])('an answer with status %i is a failure', (status) => {
  for (const kind of ['voice', 'message'] as const) expect(made(answer('text/xml', TWIML, status), kind)).toBe(11200)
})

test('no content says nothing', () => {
  for (const kind of ['voice', 'message'] as const) expect(made(answer('', '', 204), kind)).toEqual([])
})

test.each([
  ['', 12100],
  ['Hello', 12100],
  [' <?xml version="1.0"?><Response/>', 12100],
  ['\n<?xml version="1.0"?><Response/>', 12100],
  ['<Response>', 12100],
  ['<Response><Say>a</Response></Say>', 12100],
  ['<Response/><Response/>', 12100],
  ['<Response/>a', 12100],
  ['<Response><Say>a & b</Say></Response>', 12100],
  ['<Response><Say>&nbsp;</Say></Response>', 12100],
  ['<Response><Say a="1" a="2"/></Response>', 12100],
  ['<Response><Say a=1/></Response>', 12100],
  ['<!DOCTYPE Response><Response/>', 12100],
  ['<!DOCTYPE r [<!ENTITY e "e">]><Response><Say>&e;</Say></Response>', 12100],
  ['<Response><Say>\u0001</Say></Response>', 12100],
  ['<Response><Say>&#1;</Say></Response>', 12100],
  ['<?xml version="1.1"?><Response><Say>&#1;</Say></Response>', 12100],
  ['<Response><Say>\ud800</Say></Response>', 12100],
  ['<Response><Say>\uffff</Say></Response>', 12100],
  ['<Response><Say>]]></Say></Response>', 12100],
  ['<Response version="new"/>', 12101],
  ['<Response version=""/>', 12101],
  ['<response/>', 12102],
  ['<Answer><Response/></Answer>', 12102],
])('%j is refused under %i', (text, code) => {
  expect(parseTwiml(text, URL)).toMatchObject({ code, level: 'error', message: expect.stringMatching(/./) })
})

test.each([
  '<?xml version="1.0" encoding="UTF-8"?>\n<Response/>',
  '\ufeff<?xml version="1.0"?><Response/>',
  '\ufeff<Response/>',
  ' \n<Response/>',
  '<!-- a --><Response><!-- b --></Response><!-- c -->',
  '<?xml-stylesheet href="a"?><Response/>',
  '<Response version="1.0"/>',
])('%j is read', (text) => {
  expect(parseTwiml(text, URL)).toMatchObject({ verbs: [], base: URL })
})

test('text, references and CDATA are read as they are meant', () => {
  const document = parseTwiml(
    '<Response><Say a="&lt;&#x41;">&amp;&#65; <![CDATA[<b>]]>\r\n<!-- x -->c</Say></Response>',
    URL,
  )
  expect(document).toMatchObject({ verbs: [{ name: 'Say', attributes: { a: '<A' } }] })
  expect('code' in document ? document : document.verbs.map(textOf)).toEqual(['&A <b> c'])
})

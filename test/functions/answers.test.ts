import { afterAll, expect, test } from 'vitest'
import { handler, startServing } from './served.ts'

const TEXT = 'text/plain; charset=utf-8'
const XML = 'text/xml; charset=utf-8'
const HTML = 'text/html; charset=utf-8'
const JSON_TYPE = 'application/json'
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>'

/** What a handler does, and what is answered: as documented, and as Twilio's public toolkit does, but for the rows that say otherwise. */
const CASES: readonly (readonly [does: string, status: number, type: string | undefined, text: string])[] = [
  ['callback()', 200, undefined, ''],
  ['callback(null)', 200, undefined, ''],
  ['callback(undefined, undefined)', 200, undefined, ''],
  ['callback(null, null)', 200, undefined, ''],
  ['callback(null, "hällo")', 200, TEXT, 'hällo'],
  ['callback(null, "")', 200, TEXT, ''],
  ['callback(null, {a: [1, "b"]})', 200, JSON_TYPE, '{"a":[1,"b"]}'],
  ['callback(null, [1, 2])', 200, JSON_TYPE, '[1,2]'],
  ['callback(null, new Date(0))', 200, JSON_TYPE, '"1970-01-01T00:00:00.000Z"'],

  // Twilio's types allow them; the toolkit takes a number for a status code.
  ['callback(null, 42)', 200, JSON_TYPE, '42'],
  ['callback(null, true)', 200, JSON_TYPE, 'true'],
  ['callback(null, false)', 200, JSON_TYPE, 'false'],
  // The toolkit makes {"type":"Buffer","data":[…]} of it.
  ['callback(null, Buffer.from("bytes"))', 200, 'application/octet-stream', 'bytes'],

  [
    'const r = new Twilio.twiml.VoiceResponse(); r.say("hi"); callback(null, r)',
    200,
    XML,
    `${HEAD}<Response><Say>hi</Say></Response>`,
  ],
  [
    'const r = new Twilio.twiml.MessagingResponse(); r.message("hi"); callback(null, r)',
    200,
    XML,
    `${HEAD}<Response><Message>hi</Message></Response>`,
  ],
  ['callback(null, new Twilio.twiml.FaxResponse())', 200, XML, `${HEAD}<Response/>`],
  ['class Ours extends Twilio.twiml.VoiceResponse {}; callback(null, new Ours())', 200, XML, `${HEAD}<Response/>`],
  // Of another copy of the package, whose classes are not the same ones.
  [
    'class VoiceResponse { toString() { return "<Response/>" } }; callback(null, new VoiceResponse())',
    200,
    XML,
    '<Response/>',
  ],

  ['callback("no")', 500, TEXT, 'no'],
  ['callback({ no: 1 })', 500, JSON_TYPE, '{"no":1}'],
  // The toolkit takes these for no error.
  ['callback(0)', 500, JSON_TYPE, '0'],
  ['callback("")', 500, TEXT, ''],
  ['callback(new RangeError("too far"))', 500, JSON_TYPE, '{"message":"too far","name":"RangeError"}'],
  ['callback("no", "yes")', 500, TEXT, 'no'],
  ['throw new Error("thrown")', 500, JSON_TYPE, '{"message":"thrown","name":"Error"}'],
  ['throw "thrown"', 500, TEXT, 'thrown'],
  ['return Promise.reject(new Error("rejected"))', 500, JSON_TYPE, '{"message":"rejected","name":"Error"}'],
  ['callback(null, "first"); callback(null, "second")', 200, TEXT, 'first'],
  ['callback(null, "first"); throw new Error("second")', 200, TEXT, 'first'],
  ['setTimeout(() => callback(null, "later"), 20)', 200, TEXT, 'later'],
  ['return Promise.resolve().then(() => callback(null, "async"))', 200, TEXT, 'async'],

  ['callback(null, new Twilio.Response())', 200, undefined, ''],
  [
    'callback(null, new Twilio.Response({ statusCode: 418, body: "tea", headers: { "Content-Type": "text/tea" } }))',
    418,
    'text/tea',
    'tea',
  ],
  ['callback(null, new Twilio.Response().setStatusCode(201).setBody("made"))', 201, HTML, 'made'],
  ['callback(null, new Twilio.Response().setBody({ a: 1 }))', 200, JSON_TYPE, '{"a":1}'],
  ['callback(null, new Twilio.Response().setBody(42))', 200, JSON_TYPE, '42'],
  ['callback(null, new Twilio.Response().setBody(Buffer.from("bytes")))', 200, 'application/octet-stream', 'bytes'],
  [
    'callback(null, new Twilio.Response().appendHeader("content-type", "text/xml").setBody("<Response/>"))',
    200,
    'text/xml',
    '<Response/>',
  ],
  // The toolkit makes {"response":…} of it.
  ['callback(null, new Twilio.Response().setBody(new Twilio.twiml.VoiceResponse()))', 200, XML, `${HEAD}<Response/>`],
  [
    'callback(null, new Twilio.Response().appendHeader("Content-Type", "application/json").setBody({ a: 1 }))',
    200,
    JSON_TYPE,
    '{"a":1}',
  ],
  ['callback(null, new Response().setBody("global"))', 200, HTML, 'global'],
  ['callback(new Twilio.Response().setStatusCode(200).setBody("wrong"))', 500, TEXT, 'wrong'],
  ['callback(null, new Twilio.Response().setStatusCode("200"))', 200, undefined, ''],
]

const BUILT: readonly (readonly [does: string, headers: readonly (readonly [string, string])[]])[] = [
  [
    'r.setHeaders({ A: "1", B: ["2", "3"] })',
    [
      ['A', '1'],
      ['B', '2'],
      ['B', '3'],
    ],
  ],
  ['r.appendHeader("A", "1"); r.setHeaders({ B: "2" })', [['B', '2']]],
  ['r.appendHeader("A", "1"); r.setHeaders(undefined)', [['A', '1']]],
  [
    'r.appendHeader("A", "1").appendHeader("A", "2").appendHeader("A", ["3", 4])',
    [
      ['A', '1'],
      ['A', '2'],
      ['A', '3'],
      ['A', '4'],
    ],
  ],
  ['r.setCookie("a", "1")', [['Set-Cookie', 'a=1;HttpOnly']]],
  [
    'r.setCookie("a", "1", ["Secure", "SameSite=Strict", "Domain=example.com"])',
    [['Set-Cookie', 'a=1;SameSite=Strict;HttpOnly']],
  ],
  [
    'r.setCookie("a", "1").setCookie("b", "2").removeCookie("a")',
    [
      ['Set-Cookie', 'b=2;HttpOnly'],
      ['Set-Cookie', 'a=;Max-Age=0;HttpOnly'],
    ],
  ],
  [
    'r.setHeaders({ "set-cookie": ["Foo=Bar;Max-Age=86400", "Agent=Smith;HttpOnly;Secure"] }).setCookie("c", "3")',
    [
      ['Set-Cookie', 'Foo=Bar;Max-Age=86400;HttpOnly'],
      ['Set-Cookie', 'Agent=Smith;HttpOnly'],
      ['Set-Cookie', 'c=3;HttpOnly'],
    ],
  ],
  ['r.appendHeader("set-cookie", "a=1")', [['Set-Cookie', 'a=1;HttpOnly']]],
  ['r.setHeaders({ "Content-Length": "9999", "Transfer-Encoding": "chunked", A: "1" })', [['A', '1']]],
]

const files = [...CASES.map(([does]) => does), ...BUILT.map(([does]) => built(does))]
const { ask, functions, log } = startServing({
  ...Object.fromEntries(files.map((does, nth) => [`functions/${nth}.js`, handler(does)])),
  'functions/music.js': handler('callback(null, new Twilio.Response().setBody(Buffer.from([0, 255, 128, 10])))'),
  'functions/object-header.js': handler('new Twilio.Response().appendHeader("A", {})'),
  'functions/long-cookie.js': handler('callback(null, new Twilio.Response().setCookie(event.name, "1", [event.life]))'),
})
afterAll(() => functions.close())

function built(does: string): string {
  return `const r = new Twilio.Response(); ${does}; callback(null, r)`
}

test.each(CASES)('%s is answered with %i', async (does, status, type, text) => {
  expect(await ask(`/${files.indexOf(does)}`)).toMatchObject({ status, type, text })
})

test.each(BUILT)('the headers of a Twilio.Response: %s', async (does, headers) => {
  expect((await ask(`/${files.indexOf(built(does))}`)).headers).toEqual(headers)
})

test('the bytes of a body come as they are', async () => {
  expect([...(await ask('/music')).body]).toEqual([0, 255, 128, 10])
})

test('a header that is an object is refused with the words of the toolkit', async () => {
  expect(await ask('/object-header')).toMatchObject({
    status: 500,
    text: expect.stringContaining('cannot be an object'),
  })
})

test.each([
  ['a', 'Max-Age=86401'],
  ['b', 'Expires=Fri, 31 Dec 9999 23:59:59 GMT'],
])('a cookie %s that lives longer than Twilio allows is set, and warned about: %s', async (name, life) => {
  expect((await ask('/long-cookie', { fields: { name, life } })).headers).toEqual([
    ['Set-Cookie', `${name}=1;${life};HttpOnly`],
  ])
  await expect
    .poll(() => log.map(({ msg }) => msg))
    .toContain(`the cookie ${name} lives for more than 24 hours: Twilio refuses that`)
})

test('where https is served, cookies are for https only', async () => {
  const source = { 'functions/set.js': handler('callback(null, new Twilio.Response().setCookie("a", "1"))') }
  const secure = startServing(source, { publicUrl: 'https://phone.example.com' })

  expect((await secure.ask('/set')).headers).toEqual([['Set-Cookie', 'a=1;HttpOnly;Secure']])
  await secure.functions.close()
})

test('in development the stack of an error is answered, too', async () => {
  const development = startServing({ 'functions/bad.js': handler('throw new Error("thrown")') }, { showsStacks: true })

  const { text } = await development.ask('/bad')

  expect(JSON.parse(text)).toMatchObject({ message: 'thrown', name: 'Error', stack: expect.stringContaining('bad.js') })
  await development.functions.close()
})

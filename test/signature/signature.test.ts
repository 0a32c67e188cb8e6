import fc from 'fast-check'
import twilio from 'twilio'
import { describe, expect, test } from 'vitest'
import { type Form, isSigned, signatureOf, withBodyHash } from '../../src/signature/signature.ts'

const TOKEN = '12345'
const BASE = 'https://mycompany.com/myapp.php?foo=1&bar=2'
const CALL: Form = [
  ['CallSid', 'CA1234567890ABCDE'],
  ['Caller', '+14158675309'],
  ['Digits', '1234'],
  ['From', '+14158675309'],
  ['To', '+18005551212'],
]
const JSON_BODY = '{"property": "value", "boolean": true}'
const JSON_HASH = 'bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620'
const REPEATED: Form = [
  ['A', 'b'],
  ['A', 'a'],
  ['A', 'b'],
  ['Z', ''],
]

describe('the verified vectors hold', () => {
  const rows: readonly (readonly [name: string, url: string, form: Form, signature: string])[] = [
    ['form', BASE, CALL, 'RSOYDt4T1cUTdK1PDd93/VVr8B8='],
    ['JSON', `${BASE}&${JSON_HASH}`, [], 'a9nBmqA0ju/hNViExpshrM61xv4='],
    ['only the hash', `https://mycompany.com/myapp.php?${JSON_HASH}`, [], 'y77kIzt2vzLz71DgmJGsen2scGs='],
    ['GET', BASE, [], 'zYQTYrRWXE7LtzbG4PfP7/bkkGo='],
    ['repeated names', 'https://mycompany.com/hook', REPEATED, 'FT7MAGgK8gUDKS4X57sLC38Kv5g='],
  ]
  test.each(rows)('%s', (_name, url, form, signature) => {
    expect(signatureOf(TOKEN, url, form)).toBe(signature)
    expect(isSigned({ url, form }, signature, [TOKEN])).toBe(true)
  })
})

test('the order in which parameters come does not matter, their case does', () => {
  const signature = signatureOf(TOKEN, BASE, CALL)
  expect(signatureOf(TOKEN, BASE, [...CALL].reverse())).toBe(signature)
  expect(signatureOf(TOKEN, BASE, [['callsid', 'CA1234567890ABCDE'], ...CALL.slice(1)])).not.toBe(signature)
})

test('any of several tokens is good enough, so that a token can be replaced', () => {
  const signature = signatureOf('old', BASE, CALL)
  expect(isSigned({ url: BASE, form: CALL }, signature, ['new', 'old'])).toBe(true)
  expect(isSigned({ url: BASE, form: CALL }, signature, ['new'])).toBe(false)
  expect(isSigned({ url: BASE, form: CALL }, signature, [])).toBe(false)
})

describe('a request is known in whatever way its sender wrote the URL', () => {
  const rows: readonly (readonly [name: string, signed: string, asked: string])[] = [
    ['standard port of https added', 'https://a.example:443/x?y=1', 'https://a.example/x?y=1'],
    ['standard port of http added', 'http://a.example:80/x', 'http://a.example/x'],
    ['port left out', 'https://a.example/x', 'https://a.example:8443/x'],
    ['port kept', 'https://a.example:8443/x', 'https://a.example:8443/x'],
    ['user info kept', 'https://me:secret@a.example:443/x', 'https://me:secret@a.example/x'],
    ['IPv6 host', 'https://[2001:db8::1]:443/x', 'https://[2001:db8::1]/x'],
    ['unescaped query', "https://a.example/x?name=O'Neil", "https://a.example/x?name=O'Neil"],
    ['normalized query', 'https://a.example/x?name=O%27Neil', "https://a.example/x?name=O'Neil"],
    ['query encoded again', 'https://a.example/x?a=1%2C2&b=', 'https://a.example/x?a=1,2&b'],
    ['query encoded again, with the port', 'https://a.example:443/x?a=1%2C2', 'https://a.example/x?a=1,2'],
    ['fragment with connection overrides, which is not sent', 'https://a.example/x#rc=3&rp=ct', 'https://a.example/x'],
  ]
  test.each(rows)('%s', (_name, signed, url) => {
    expect(isSigned({ url, form: CALL }, signatureOf(TOKEN, signed, CALL), [TOKEN])).toBe(true)
  })
})

describe('what was changed on the way is refused', () => {
  const signature = signatureOf(TOKEN, BASE, CALL)
  const rows: readonly (readonly [name: string, url: string, form: Form, signature: string])[] = [
    ['another value', BASE, [...CALL.slice(0, 4), ['To', '+1900']], signature],
    ['a parameter more', BASE, [...CALL, ['Z', '1']], signature],
    ['a parameter less', BASE, CALL.slice(1), signature],
    ['another path', 'https://mycompany.com/other.php?foo=1&bar=2', CALL, signature],
    ['another query', 'https://mycompany.com/myapp.php?foo=1&bar=3', CALL, signature],
    ['another host', 'https://theircompany.com/myapp.php?foo=1&bar=2', CALL, signature],
    ['something behind a fragment', `${BASE}#&To=%2B1900`, CALL, signature],
    ['http for https', BASE.replace('https', 'http'), CALL, signature],
    ['no signature', BASE, CALL, ''],
    ['a longer signature', BASE, CALL, `${signature}=`],
    ['not Base64 at all', BASE, CALL, '\u{1f600}'.repeat(7)],
    ['no URL at all', 'mycompany', CALL, signature],
  ]
  test.each(rows)('%s', (_name, url, form, given) => expect(isSigned({ url, form }, given, [TOKEN])).toBe(false))
})

test('nothing can be added to a URL with very many parameters', () => {
  const many = `${BASE}${'&x=1'.repeat(998)}`
  expect(isSigned({ url: `${many}&To=%2B1900`, form: [] }, signatureOf(TOKEN, many, []), [TOKEN])).toBe(false)
})

describe('a body that is no form is covered by its hash', () => {
  const url = withBodyHash(BASE, JSON_BODY)
  const signature = signatureOf(TOKEN, url, [])
  const check = (asked: string, rawBody: string | Uint8Array) =>
    isSigned({ url: asked, form: [], rawBody }, signatureOf(TOKEN, asked, []), [TOKEN])

  test('the URL carries the hash', () => {
    expect(url).toBe(`${BASE}&${JSON_HASH}`)
    expect(withBodyHash('https://mycompany.com/x#rc=1', JSON_BODY)).toBe(`https://mycompany.com/x?${JSON_HASH}#rc=1`)
    expect(withBodyHash(url, JSON_BODY)).toBe(url)
    expect(signature).toBe('a9nBmqA0ju/hNViExpshrM61xv4=')
  })

  test('the body as text and as bytes fits, another does not', () => {
    expect(check(url, JSON_BODY)).toBe(true)
    expect(check(url, Buffer.from(JSON_BODY))).toBe(true)
    expect(check(url, `${JSON_BODY} `)).toBe(false)
  })

  test('a body without a hash is refused, though the URL is signed', () => {
    expect(check(BASE, JSON_BODY)).toBe(false)
    expect(check(BASE, '')).toBe(true)
  })

  test('what a receiver reads out of the body is no part of the signature', () => {
    expect(isSigned({ url, form: [['property', 'value']], rawBody: JSON_BODY }, signature, [TOKEN])).toBe(true)
  })

  test('the hash may be written in capitals', () => {
    expect(
      check(
        url.replace(/[0-9a-f]{64}/, (hash) => hash.toUpperCase()),
        JSON_BODY,
      ),
    ).toBe(true)
  })

  test("the vendor's package accepts it", () => {
    expect(twilio.validateRequestWithBody(TOKEN, signature, url, JSON_BODY)).toBe(true)
  })
})

describe("the vendor's package agrees", () => {
  const name = fc.oneof(
    fc.constantFrom('From', 'To', 'Body', 'Body2', 'body', '10', '9'),
    fc.string({ unit: 'binary' }),
  )
  const form = fc.array(fc.tuple(name, fc.oneof(fc.constantFrom('', 'a', 'b'), fc.string({ unit: 'binary' }))))
  const port = fc.constantFrom('', ':80', ':443', ':8080')
  const query = fc.oneof(
    fc.constant(''),
    fc.webQueryParameters().map((text) => `?${text}`),
  )
  const url = fc
    .tuple(
      fc.constantFrom('http://', 'https://'),
      fc.constantFrom('', 'me:pass@'),
      fc.webAuthority(),
      port,
      fc.webPath(),
      query,
    )
    .map(
      ([scheme, user, host, colon, path, asked]) =>
        `${scheme}${user}${host.replace(/^.*@|:\d*$/g, '')}${colon}${path}${asked}`,
    )
    .filter((text) => URL.canParse(text))

  test('on the signature of random requests', () => {
    fc.assert(
      fc.property(fc.string(), url, form, (token, asked, pairs) => {
        expect(signatureOf(token, asked, pairs)).toBe(twilio.getExpectedTwilioSignature(token, asked, grouped(pairs)))
        expect(isSigned({ url: asked, form: pairs }, signatureOf(token, asked, pairs), [token])).toBe(true)
      }),
    )
  })

  test('on which other spelling of the URL still fits', () => {
    fc.assert(
      fc.property(url, port, fc.constantFrom(same, normalized, requoted), (asked, colon, spell) => {
        const signature = signatureOf(
          TOKEN,
          spell(asked.replace(/(\/\/[^/?#]*?)(:\d+)?(?=[/?#]|$)/, `$1${colon}`)),
          CALL,
        )
        const theirs = twilio.validateRequest(TOKEN, signature, asked, grouped(CALL))
        expect(isSigned({ url: asked, form: CALL }, signature, [TOKEN])).toBe(theirs)
      }),
    )
  })
})

const same = (url: string) => url
const normalized = (url: string) => (URL.canParse(url) ? new URL(url).href : url)
const requoted = (url: string) => url.replaceAll("'", '%27').replaceAll('(', '%28')

/** The shape in which the vendor's package takes parameters. */
function grouped(form: Form): Record<string, string[]> {
  const names = [...new Set(form.map(([name]) => name))]
  const valuesOf = (wanted: string) => form.filter(([name]) => name === wanted).map(([, value]) => value)
  return Object.fromEntries(names.map((name) => [name, valuesOf(name)]))
}

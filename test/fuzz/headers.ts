import type { Dice } from '../walk/dice.ts'
import { HOSTILE } from '../walk/hostile.ts'

/** A name and a value as they go over the wire. */
export type Header = readonly [name: string, value: string]

/** A header that no client of good will sends. */
export function hostileHeader(dice: Dice): Header {
  const [name, values] = dice.pick(KINDS)
  return [name, onTheWire(dice.pick(values))]
}

const ADDRESSES = ['127.0.0.1', '::1', '10.0.0.1, 127.0.0.1', 'unknown', '127.0.0.1:99999', ','.repeat(2_000)] as const
const HOSTS = ['evil.example', 'localhost', 'a:b:c', '[::1', '..', 'evil.example/path?x#y', '@', ' '] as const
const TEXTS = [...HOSTILE, '0', '-1', '1e999', '%00', '{}', '[', '"', ';', '=', 'constructor', 'a'.repeat(300)] as const
const BASIC = [
  'Basic',
  'Basic ====',
  'Basic Og==',
  `Basic ${'QQ'.repeat(3_000)}`,
  'Bearer x',
  'basic QUM6',
  ',',
] as const

const KINDS: readonly [Kind, ...Kind[]] = [
  ['X-Forwarded-For', ADDRESSES],
  ['X-Forwarded-Host', HOSTS],
  ['X-Forwarded-Proto', ['https', 'javascript', 'https,http', '']],
  ['X-Forwarded-Port', ['0', '99999', 'x']],
  ['Forwarded', ['for=127.0.0.1;proto=https;host=evil.example', 'for="[::1]:x']],
  ['Host', HOSTS],
  ['X-Twilio-Signature', [...TEXTS, 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=']],
  ['I-Twilio-Idempotency-Token', [...TEXTS, 'the-same']],
  ['Authorization', BASIC],
  ['Cookie', ['session=', 'trunkline=a.b.c', '='.repeat(500), '__proto__=1; constructor=2', ...TEXTS]],
  [
    'Content-Type',
    ['application/x-www-form-urlencoded; charset=utf-7', 'multipart/form-data', 'text/xml', '/', ...TEXTS],
  ],
  ['Content-Encoding', ['gzip', 'br', 'gzip, gzip', 'nonsense']],
  ['Accept-Encoding', ['gzip;q=0', 'identity;q=0, *;q=0', ...TEXTS]],
  ['Accept', ['application/xml;q=x', ...TEXTS]],
  ['Origin', ['null', 'https://evil.example', ...TEXTS]],
  ['Sec-Fetch-Site', ['cross-site', 'x']],
  ['If-None-Match', ['*', '"', 'W/']],
  ['If-Modified-Since', ['never', 'Sat, 99 Foo 20000 99:99:99 GMT']],
  ['Range', ['bytes=0-', 'bytes=5-1', 'bytes=-99999999999999', `bytes=${'0-1,'.repeat(500)}`]],
  ['Last-Event-ID', TEXTS],
  ['X-Request-Id', [...TEXTS, 'a\tb', 'x'.repeat(5_000)]],
  ['X-HTTP-Method-Override', ['DELETE', 'TRACE']],
  ['Expect', ['200-ok']],
  ['__proto__', TEXTS],
  ['constructor', TEXTS],
  ['X-Large', ['x'.repeat(20_000), 'x'.repeat(66_000)]],
]

type Kind = readonly [name: string, values: readonly [string, ...string[]]]

/** Bytes that a header may have at all; what may not be there no client can send. */
function onTheWire(text: string): string {
  return Buffer.from(text)
    .toString('latin1')
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, ' ')
}

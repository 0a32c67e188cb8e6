import type { Dice } from '../walk/dice.ts'
import { HOSTILE } from '../walk/hostile.ts'
import type { Shape } from './corpus.ts'
import { hostileHeader } from './headers.ts'

/** A request like this one, with some of it broken, doubled, moved or made hostile. */
export function mutated(shape: Shape, dice: Dice): Shape {
  let made = shape
  for (let times = dice.below(MOST_AT_ONCE + 1); times > 0; times--) made = dice.pick(MUTATIONS)(made, dice)
  return made
}

const MOST_AT_ONCE = 4

type Mutation = (shape: Shape, dice: Dice) => Shape

const MUTATIONS: readonly [Mutation, ...Mutation[]] = [
  (shape, dice) => ({ ...shape, method: dice.pick(METHODS) }),
  (shape, dice) => ({ ...shape, type: dice.pick(TYPES) }),
  (shape, dice) => ({ ...shape, path: withHostileSegment(shape.path, dice) }),
  (shape, dice) => ({ ...shape, path: withHostileValue(shape.path, dice) }),
  (shape, dice) => ({ ...shape, path: `${shape.path}${shape.path.includes('?') ? '&' : '?'}${pair(dice)}` }),
  (shape, dice) => ({ ...shape, body: withHostileValue(shape.body ?? '', dice) }),
  (shape, dice) => ({ ...shape, body: `${shape.body ?? ''}&${pair(dice)}` }),
  (shape, dice) => ({ ...shape, body: cut(shape.body ?? '', dice) }),
  (shape, dice) => ({ ...shape, body: withHostileJson(shape.body ?? '', dice) }),
  withHostileHeaders,
  withHostileHeaders,
]

function withHostileHeaders(shape: Shape, dice: Dice): Shape {
  const more = Array.from({ length: 1 + dice.below(3) }, () => [...hostileHeader(dice)] as [string, string])
  const many = dice.chance(MULTIPLIED) ? more.flatMap((one) => Array(50).fill(one)) : more
  return { ...shape, headers: [...(shape.headers ?? []), ...many] }
}

const MULTIPLIED = 0.05

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS'] as const
const TYPES = ['form', 'json', 'text'] as const

const TEXTS = [
  ...HOSTILE,
  ...['%00', '\r\nX-Evil: 1', '\u2028', '\ufeff', '..', '../../etc/passwd', '%', '-1', '1e999', '9'.repeat(400)],
  ...['constructor', 'toString', 'null', 'true', '[]', '{}', '{"__proto__":{"a":1}}', '(a+)+$', '漢'.repeat(500)],
  ...['http://169.254.169.254/', 'http://[::1]:3000/', 'http://0x7f000001/', 'javascript:alert(1)', '{{trigger}}'],
  ...[`${'['.repeat(3_000)}${']'.repeat(3_000)}`, '{"a":'.repeat(3_000), '+15550001', 'published', 'ended'],
] as const

const NAMES = [
  ...['__proto__', 'constructor', 'From', 'To', 'Body', 'Digits', 'CallSid', 'MessageSid', 'CallStatus', 'FlowEvent'],
  ...['TrunklineStep', 'Parameters', 'Definition', 'Status', 'PageSize', 'PageToken', 'Page', 'SpeechResult', 'Url'],
  ...['NumMedia', 'MediaUrl0', 'EventType', 'ConversationSid', 'Twiml', 'RecordingUrl', 'Attributes', 'bodySHA256'],
] as const

function pair(dice: Dice): string {
  return `${dice.pick(NAMES)}=${escaped(dice.pick(TEXTS))}`
}

function withHostileSegment(path: string, dice: Dice): string {
  const [place = '', ...query] = path.split('?')
  const segments = place.split('/')
  segments[1 + dice.below(segments.length)] = escaped(dice.pick(TEXTS))
  return [segments.join('/') || '/', ...query].join('?')
}

function withHostileValue(text: string, dice: Dice): string {
  const values = [...text.matchAll(/=[^&]*/g)]
  const found = dice.draw(values)
  if (!found) return text
  return `${text.slice(0, found.index)}=${escaped(dice.pick(TEXTS))}${text.slice(found.index + found[0].length)}`
}

function withHostileJson(text: string, dice: Dice): string {
  const found = dice.draw([...text.matchAll(/"[^"]*"|\{\}|\[\]/g)])
  if (!found) return text
  const value = JSON.stringify(dice.pick(TEXTS))
  return text.slice(0, found.index) + value + text.slice(found.index + found[0].length)
}

/** Anywhere, so also in the midst of an escape. */
function cut(text: string, dice: Dice): string {
  return text.slice(0, dice.below(text.length + 1))
}

function escaped(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString()) // half a pair cannot be escaped
}

import { validateHeaderName, validateHeaderValue } from 'node:http'
import { isNativeError } from 'node:util/types'
import type { FunctionAnswer } from '../call.ts'
import type { Generation } from '../messages.ts'
import { cookieOf } from './cookie.ts'
import { TwilioResponse } from './response.ts'
import { isTwiml } from './twiml.ts'

/** How a call ended. */
export type Ending =
  | { readonly kind: 'returned'; readonly payload: unknown }
  | { readonly kind: 'failed'; readonly error: unknown }

/** What HTTP answers to it (functions-flex.md A3); what cannot be sent is a failure, too. */
export function answerOf(ending: Ending, generation: Generation): FunctionAnswer {
  try {
    return withinLimit(answered(ending, generation), generation.answerBytes)
  } catch (error) {
    console.error(error)
    return { status: 500, ...errorContent(error, generation) }
  }
}

function answered(ending: Ending, generation: Generation): FunctionAnswer {
  switch (ending.kind) {
    case 'returned':
      return ending.payload instanceof TwilioResponse
        ? asBuilt(ending.payload, generation)
        : { status: 200, ...contentOf(ending.payload) }
    case 'failed':
      return { status: 500, ...errorContent(ending.error, generation) }
    default:
      return ending satisfies never
  }
}

type Content = Pick<FunctionAnswer, 'headers' | 'body'>

function contentOf(payload: unknown): Content {
  if (payload === undefined || payload === null) return { headers: [], body: Buffer.alloc(0) }
  if (typeof payload === 'string') return typed('text/plain; charset=utf-8', payload)
  if (isTwiml(payload)) return typed('text/xml; charset=utf-8', payload.toString())
  if (payload instanceof Uint8Array) return typed('application/octet-stream', payload)
  return typed('application/json', jsonOf(payload))
}

function errorContent(error: unknown, { showsStacks }: Generation): Content {
  if (error instanceof TwilioResponse) return contentOf(error.body)
  if (!isNativeError(error)) return contentOf(error)
  const { name, message, stack } = error
  return contentOf({ message, name, ...(showsStacks && { stack }) })
}

function typed(type: string, body: string | Uint8Array): Content {
  return { headers: [['content-type', type]], body: bytesOf(body) }
}

function bytesOf(body: string | Uint8Array): Buffer {
  return typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength)
}

/** Throws for what JSON cannot say. */
function jsonOf(payload: unknown): string {
  const text = JSON.stringify(payload)
  if (text === undefined) throw new TypeError(`a ${typeof payload} cannot be answered: JSON knows none`)
  return text
}

/** A `Twilio.Response`; where its author has set no type, it has the one of the toolkit. */
function asBuilt({ statusCode, headers, body }: TwilioResponse, generation: Generation): FunctionAnswer {
  const status = Number(statusCode)
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new RangeError(`the status code is ${String(statusCode)}; expected: 200 to 599`)
  }
  const content = builtContent(body)
  const own = sent(headers, generation)
  const isTyped = own.some(([name]) => name.toLowerCase() === 'content-type')
  return { status, ...content, headers: isTyped ? own : [...content.headers, ...own] }
}

/** The toolkit sends it by express, which takes a text for a page. */
function builtContent(body: unknown): Content {
  return typeof body === 'string' ? typed('text/html; charset=utf-8', body) : contentOf(body)
}

function sent(headers: TwilioResponse['headers'], generation: Generation): [string, string][] {
  return Object.entries(headers).flatMap(([name, values]) =>
    OURS.has(name.toLowerCase()) ? [] : [values].flat().map((value) => header(name, String(value), generation)),
  )
}

/** Throws for what HTTP cannot carry. */
function header(name: string, value: string, generation: Generation): [string, string] {
  validateHeaderName(name)
  validateHeaderValue(name, value)
  return [name, name.toLowerCase() === 'set-cookie' ? cookieOf(value, generation) : value]
}

/** They say how the answer is carried and how many functions run, which is the server's to say. */
const OURS = new Set([
  ...['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'upgrade'],
  'x-twilio-function-concurrency',
])

function withinLimit(answer: FunctionAnswer, mostBytes: number): FunctionAnswer {
  if (answer.body.length <= mostBytes) return answer
  throw new RangeError(`the body of the answer has ${answer.body.length} bytes; at most ${mostBytes} can be sent`)
}

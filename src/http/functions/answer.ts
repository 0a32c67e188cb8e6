import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { FastifyReply } from 'fastify'
import type { FunctionAnswer } from '../../functions/call.ts'

/** Answers with what a function answered, byte by byte. */
export function sendAnswer(reply: FastifyReply, answer: FunctionAnswer): FastifyReply {
  const wrong = faultOf(answer)
  if (wrong !== undefined) {
    reply.log.error({ path: reply.request.url.split('?', 1)[0] }, `the function’s answer cannot be sent: ${wrong}`)
    return reply.code(500).send()
  }
  for (const [name, values] of grouped(answer)) reply.header(name, values.length === 1 ? values[0] : values)
  reply.code(answer.status)
  return answer.body.length > 0 ? reply.send(answer.body) : reply.send()
}

/** How long the answer is and how it travels is the server's to say. */
const FRAMING: ReadonlySet<string> = new Set([
  ...[
    'connection',
    'content-length',
    'keep-alive',
    'proxy-connection',
    'te',
    'trailer',
    'transfer-encoding',
    'upgrade',
  ],
])

function grouped({ headers }: FunctionAnswer): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>()
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    if (!FRAMING.has(key)) values.set(key, [...(values.get(key) ?? []), value])
  }
  return values
}

function faultOf({ status, headers }: FunctionAnswer): string | undefined {
  if (!Number.isInteger(status) || status < 200 || status > 599) return `status ${status}; 200 to 599 expected`
  try {
    for (const [name, value] of headers) {
      validateHeaderName(name)
      validateHeaderValue(name, value)
    }
    return undefined
  } catch (error) {
    return String(error) // such as a line break in a value
  }
}

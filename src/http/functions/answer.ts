import type { FastifyReply } from 'fastify'
import type { FunctionAnswer } from '../../functions/call.ts'

/** Answers with what a function answered, byte by byte. */
export function sendAnswer(reply: FastifyReply, answer: FunctionAnswer): FastifyReply {
  for (const [name, values] of grouped(answer)) reply.header(name, values.length === 1 ? values[0] : values)
  reply.code(answer.status)
  return answer.body.length > 0 ? reply.send(answer.body) : reply.send()
}

/** How long the answer is and how it travels is the server's to say. */
const FRAMING: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'upgrade'],
  ...['content-length', 'te', 'trailer', 'transfer-encoding'],
])

function grouped({ headers }: FunctionAnswer): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>()
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    if (!FRAMING.has(key)) values.set(key, [...(values.get(key) ?? []), value])
  }
  return values
}

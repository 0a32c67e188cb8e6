import type { FunctionAnswer } from './call.ts'

/** The answer of a function that has none of its own; the message is for its author. */
export function failure(status: 404 | 429 | 500 | 504, message: string): FunctionAnswer {
  return { status, headers: [['content-type', 'application/json']], body: Buffer.from(JSON.stringify({ message })) }
}

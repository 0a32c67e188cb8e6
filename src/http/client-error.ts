import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { type ErrorName, errorBody } from '../errors.ts'

/** Answers what is no HTTP request, or does not become one in time, and ends the connection, since what follows there cannot be read either. A client that is not told would send its next request into nothing. */
export function answerBrokenRequest(error: Error & { readonly code?: string }, socket: Socket): void {
  if (socket.writable) socket.write(answerTo(error.code))
  socket.destroy(error)
}

function answerTo(code: string | undefined): string {
  const [name, message] = NAMED[code ?? ''] ?? UNREADABLE
  const body = errorBody(name, message)
  const text = JSON.stringify(body)
  const head = [
    `HTTP/1.1 ${body.status} ${STATUS_CODES[body.status]}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
  ]
  return `${head.join('\r\n')}\r\n\r\n${text}`
}

type Named = readonly [name: ErrorName, message: string]

const UNREADABLE: Named = ['invalidRequest', 'what came is no HTTP request']

/** By the codes of Node's errors. */
const NAMED: Readonly<Record<string, Named>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['requestTimeout', 'the request did not arrive in time'],
  HPE_HEADER_OVERFLOW: ['headersTooLarge', 'the first line and the headers are too large'],
}

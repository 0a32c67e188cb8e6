import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { flawsIn } from './carrier-parameters.ts'

/** A request as it came. */
export interface Asked {
  readonly path: string
  readonly form: readonly (readonly [name: string, value: string])[]
  readonly authorization: string | undefined
  /** `I-Twilio-Idempotency-Token` */
  readonly token: string | undefined
}

/** What is answered: as it stands where it is a text, else as JSON. */
export interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Twilio's REST API on a port of its own: keeps what it is asked, refuses what Twilio knows nothing of, answers the rest as it is told, one after the other, the last for good. */
export async function carrierApi(...answers: readonly (Answer | Promise<Answer>)[]) {
  const asked: Asked[] = []
  const left = [...answers]
  const server = createServer(async (request, response) => {
    const one = askedBy(request, await textOf(request))
    asked.push(one)
    const flaws = flawsIn(one.path, one.form)
    const next = await (left.length > 1 ? left.shift() : left[0])
    const { status, body, headers } = flaws.length > 0 ? refusal(flaws) : (next ?? { status: 201, body: {} })
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  return { url: await listening(server), asked }
}

/** A carrier that takes what it is sent and hangs up. */
export async function carrierThatHangsUp() {
  let calls = 0
  const server = createServer((request) => {
    calls += 1
    request.resume().once('end', () => request.socket.destroy())
  })
  return { url: await listening(server), calls: () => calls }
}

async function listening(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo // listening on TCP
  return `http://127.0.0.1:${port}`
}

function askedBy({ url = '', headers }: IncomingMessage, text: string): Asked {
  const token = [headers['i-twilio-idempotency-token']].flat()[0]
  return { path: url, form: [...new URLSearchParams(text)], authorization: headers.authorization, token }
}

function refusal(flaws: readonly string[]): Answer {
  return { status: 400, body: { code: 20001, message: `not as Twilio has it: ${flaws.join('; ')}`, status: 400 } }
}

async function textOf(request: IncomingMessage): Promise<string> {
  return Buffer.concat(await request.toArray()).toString()
}

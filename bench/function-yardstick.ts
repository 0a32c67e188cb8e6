import { mkdtempSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { FunctionCaller } from '../src/functions/call.ts'
import { Functions } from '../src/functions/functions.ts'
import { formServer } from './yardsticks/forms.ts'

/** One function behind one route: called in the server's own process by `here`, in processes of their own by `pool`. */
const SOURCE = `const { VoiceResponse } = require('twilio').twiml
exports.handler = (context, event, callback) => {
  const response = new VoiceResponse()
  response.say('Hello, ' + event.From)
  callback(null, response)
}`

const folder = mkdtempSync(join(tmpdir(), 'trunkline-bench-'))
const file = join(folder, 'hello.cjs')
const require = createRequire(import.meta.url)
writeFileSync(file, SOURCE.replace("'twilio'", JSON.stringify(require.resolve('twilio'))))

const functions: FunctionCaller = process.argv[2] === 'pool' ? pool() : here()
const server = formServer()
server.post<{ Body: Record<string, string> }>(
  '/hello',
  async ({ body, headers: { 'user-agent': agent = '' } }, reply) => {
    const call = {
      path: '/hello',
      fields: body,
      headers: { 'user-agent': agent },
      cookies: {},
      host: 'localhost',
      id: '1',
    }
    const answer = await functions.call(call)
    for (const [name, value] of answer.headers) reply.header(name, value)
    return reply.code(answer.status).send(answer.body)
  },
)
console.log(await server.listen({ port: 0, host: '127.0.0.1' }))

function here(): FunctionCaller {
  const { handler } = require(file)
  return {
    call: ({ path, fields, headers, cookies, host }) =>
      new Promise((resolve) => {
        const context = { PATH: path, DOMAIN_NAME: host }
        handler(context, { ...fields, request: { headers, cookies } }, (_error: unknown, payload: object) =>
          resolve({ status: 200, headers: [['content-type', 'text/xml']], body: Buffer.from(payload.toString()) }),
        )
      }),
  }
}

function pool(): FunctionCaller {
  const hello = { kind: 'function', path: '/hello', file, visibility: 'public' } as const
  const pool = new Functions({
    project: () => ({ functions: new Map([['/hello', hello]]), assets: new Map() }),
    folder,
    envFile: join(folder, '.env'),
    secretNames: new Set(),
    account: { sid: 'AC1', authToken: 'dev', real: false },
    addresses: () => ({ own: 'http://127.0.0.1' }),
    publicUrl: undefined,
    limits: { timeoutMs: 10_000, atOnce: 30, memoryMb: 256, answerBytes: 4_194_304 },
    showsStacks: false,
    log: pino({ level: 'warn' }),
  })
  pool.reload()
  return pool
}

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { flow } from '../support/flow.ts'
import { Instances } from '../support/instances.ts'
import { postgresUrl } from '../support/postgres/databases.ts'
import { call } from '../support/server.ts'

const server = await postgresUrl()

test.skipIf(server === undefined)(
  'calls across three instances that are killed again and again lose no step, double none, and none is stuck',
  async () => {
    const log = await listening()
    const instances = await Instances.started(3, { counting: COUNTING(log.url) }, server ?? '')
    const endKills = instances.killedEvery(1_000)

    const heard = await Promise.all(CALLERS.map((caller) => calling(instances, caller)))

    expect(await endKills()).toBeGreaterThan(0)
    expect(heard).toEqual(CALLERS.map(() => DIGITS.join('')))
    for (const caller of CALLERS) expect([...(log.tokens.get(caller) ?? [])]).toHaveLength(DIGITS.length)
  },
)

const CALLERS = Array.from({ length: 12 }, (_, nth) => `+155500${nth}`)
const DIGITS = [...'12345678901234']

/** People take their time, so that some of them are in the middle of a call when an instance is killed. */
const PAUSE_MS = 300

/** Asks for digit after digit, has each written down by a service, and says what it has. */
const COUNTING = (url: string) =>
  flow({
    Trigger: { type: 'trigger', exits: { incomingCall: 'ask' } },
    ask: {
      type: 'gather-input-on-call',
      properties: { say: 'You entered {{flow.variables.all}}.', number_of_digits: 1 },
      exits: { keypress: 'write', timeout: 'ask' },
    },
    write: {
      type: 'make-http-request',
      properties: { method: 'GET', url: `${url}/?from={{contact.channel.address | url_encode}}` },
      exits: { success: 'add' },
    },
    add: {
      type: 'set-variables',
      properties: { variables: [{ key: 'all', value: '{{flow.variables.all}}{{widgets.ask.Digits}}' }] },
      exits: { next: 'ask' },
    },
  })

/** Calls, enters all digits, one a question, and gives what the last question said. */
async function calling(instances: Instances, From: string): Promise<string | undefined> {
  const params = call({ CallSid: `CA${From}`, From, CallStatus: 'in-progress' })
  const token = (nth: number | string) => `${From}/${nth}`
  let answer = await instances.post('/flows/counting', params, token('start'))
  for (const [nth, Digits] of DIGITS.entries()) {
    await sleep(PAUSE_MS)
    answer = await instances.post(nextIn(answer, 'action'), { ...params, Digits }, token(nth))
    for (let turns = 0; !answer.includes('<Gather'); turns++)
      answer = await instances.post(nextIn(answer, 'Redirect'), params, token(`${nth}/${turns}`))
  }
  return /You entered (\d+)/.exec(answer)?.[1]
}

function nextIn(twiml: string, where: 'action' | 'Redirect'): string {
  const pattern = where === 'action' ? /action="([^"]*)"/ : /<Redirect[^>]*>([^<]*)</
  const url = pattern.exec(twiml)?.[1]
  if (url === undefined) throw new Error(`the call ends with ${twiml}`)
  const { pathname, search } = new URL(url.replaceAll('&amp;', '&'))
  return pathname + search
}

/** A service that keeps the tokens it is asked with, for each caller. */
async function listening() {
  const tokens = new Map<string, Set<string>>()
  const service = createServer(({ url = '', headers }, response) => {
    const from = new URL(url, 'http://service').searchParams.get('from') ?? ''
    const known = tokens.get(from) ?? new Set()
    tokens.set(from, known.add(String(headers['i-twilio-idempotency-token'])))
    setTimeout(() => response.end('{}'), 50)
  })
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void service.close())
  const { port } = service.address() as AddressInfo // listening on TCP
  return { url: `http://127.0.0.1:${port}`, tokens }
}

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { flow } from '../support/flow.ts'
import { Instances } from '../support/instances.ts'
import { postgresUrl } from '../support/postgres/of-this-run.ts'
import { call } from '../support/server.ts'

const server = await postgresUrl()

/** How long callers call again; once each, where it is left out. */
const MINUTES = Number(process.env.TORTURE_MINUTES ?? 0)

test.skipIf(server === undefined)(
  'calls across three instances that are killed again and again lose no step, double none, and none is stuck',
  async () => {
    const log = await listening()
    const instances = await Instances.started(3, { counting: COUNTING(log.url) }, server ?? '')
    const endKills = instances.killedEvery(1_000)

    const until = Date.now() + MINUTES * 60_000
    const heard = (await Promise.all(CALLERS.map((caller) => callingUntil(until, instances, caller)))).flat()

    const kills = await endKills()
    console.info(`${heard.length} calls, ${heard.length * DIGITS.length} keys, ${kills} kills`)
    expect(kills).toBeGreaterThan(0)
    expect(heard.map(({ entered }) => entered)).toEqual(heard.map(() => DIGITS.join('')))
    for (const { sid } of heard) expect([...(log.tokens.get(sid) ?? [])], sid).toHaveLength(DIGITS.length)
    expect(await instances.activeExecutions()).toBe(0)
  },
  MINUTES * 60_000 + 120_000,
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
      properties: { method: 'GET', url: `${url}/?call={{trigger.call.CallSid}}` },
      exits: { success: 'add' },
    },
    add: {
      type: 'set-variables',
      properties: { variables: [{ key: 'all', value: '{{flow.variables.all}}{{widgets.ask.Digits}}' }] },
      exits: { next: 'ask' },
    },
  })

interface Call {
  readonly sid: string
  readonly entered: string | undefined
}

/** Calls once, and again until a time. */
async function callingUntil(until: number, instances: Instances, From: string): Promise<Call[]> {
  const calls: Call[] = []
  do {
    const sid = `CA${From.slice(1)}x${calls.length}`
    calls.push({ sid, entered: await calling(instances, { From, CallSid: sid }) })
  } while (Date.now() < until)
  return calls
}

/** Calls, enters all digits, one a question, gives what the last question said, and hangs up. */
async function calling(instances: Instances, who: Readonly<Record<'From' | 'CallSid', string>>) {
  const params = call({ ...who, CallStatus: 'in-progress' })
  const token = (nth: number | string) => `${who.CallSid}/${nth}`
  let answer = await instances.post('/flows/counting', params, token('start'))
  for (const [nth, Digits] of DIGITS.entries()) {
    await sleep(PAUSE_MS)
    answer = await instances.post(nextIn(answer, 'action'), { ...params, Digits }, token(nth))
    for (let turns = 0; !answer.includes('<Gather'); turns++)
      answer = await instances.post(nextIn(answer, 'Redirect'), params, token(`${nth}/${turns}`))
  }
  await instances.post('/flows/counting', { ...params, CallStatus: 'completed' }, token('end'))
  return /You entered (\d+)/.exec(answer)?.[1]
}

function nextIn(twiml: string, where: 'action' | 'Redirect'): string {
  const pattern = where === 'action' ? /action="([^"]*)"/ : /<Redirect[^>]*>([^<]*)</
  const url = pattern.exec(twiml)?.[1]
  if (url === undefined) throw new Error(`the call ends with ${twiml}`)
  const { pathname, search } = new URL(url.replaceAll('&amp;', '&'))
  return pathname + search
}

/** A service that keeps the tokens it is asked with, for each call. */
async function listening() {
  const tokens = new Map<string, Set<string>>()
  const service = createServer(({ url = '', headers }, response) => {
    const sid = new URL(url, 'http://service').searchParams.get('call') ?? ''
    const known = tokens.get(sid) ?? new Set()
    tokens.set(sid, known.add(String(headers['i-twilio-idempotency-token'])))
    setTimeout(() => response.end('{}'), 50)
  })
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void service.close())
  const { port } = service.address() as AddressInfo // listening on TCP
  return { url: `http://127.0.0.1:${port}`, tokens }
}

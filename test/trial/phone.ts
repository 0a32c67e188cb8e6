import { setTimeout as sleep } from 'node:timers/promises'
import type { Channel } from '../../src/channels/channel.ts'
import type { Parts } from '../../src/parts.ts'
import type { Substitutes } from '../../src/substitutes.ts'
import { AUTHORIZATION } from '../http/api/own-api.ts'
import { channelThat } from '../support/channel.ts'
import { type FlowFiles, serving } from '../support/server.ts'

/** What is seen of a trial: the data of an event, with its name. */
export type Seen = Readonly<Record<string, unknown>>

/** Settings of a server whose carrier is real. */
export const REAL = { TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'token' }

/** Phones to try the flow `tried` with, and what is seen of them. */
export async function openPhone(flows: FlowFiles, { settings = {}, ...given }: Opening = {}) {
  const real: string[] = []
  const isReal = 'TWILIO_AUTH_TOKEN' in settings
  const channel = isReal ? { channel: noting(real) } : {}
  const parts = await serving(flows, settings, { ...channel, ...given.substitutes })
  const headers = { authorization: isReal ? basic(`${REAL.TWILIO_ACCOUNT_SID}:token`) : AUTHORIZATION }
  const ask = asking(parts, headers)
  const opened = await ask('POST', '/api/phones', { flow: 'tried', ...given.wish })
  const url = `/api/phones/${opened.body.sid}`
  const origin = await parts.server.listen({ host: '127.0.0.1', port: 0 })
  const seen = await listenTo(`${origin}${url}/events`, headers)
  return {
    parts,
    ask,
    url,
    opened,
    seen,
    /** What the real carrier was asked. */
    real,
    act: (act: object) => ask('POST', `${url}/acts`, act),
    sees: (what: Seen) => until(seen, what),
    listenAgain: (after: string) => listenTo(`${origin}${url}/events`, { ...headers, 'last-event-id': after }),
  }
}

interface Opening {
  readonly settings?: Record<string, string>
  readonly wish?: object
  readonly substitutes?: Substitutes
}

function noting(asked: string[]): Channel {
  const names = Object.keys(channelThat())
  return channelThat(
    Object.fromEntries(
      names.map((name) => [
        name,
        async () => {
          asked.push(name)
          return { ok: false, message: {}, reason: 'asked' }
        },
      ]),
    ),
  )
}

function basic(pair: string): string {
  return `Basic ${Buffer.from(pair).toString('base64')}`
}

function asking({ server }: Parts, headers: Record<string, string>) {
  return async (method: 'GET' | 'POST' | 'DELETE', url: string, body?: object) => {
    const payload = body && {
      payload: JSON.stringify(body),
      headers: { ...headers, 'content-type': 'application/json' },
    }
    const answer = await server.inject({ method, url, headers, ...payload })
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() }
  }
}

/** Waits for something that has all of this. */
async function until(seen: readonly Seen[], what: Seen): Promise<Seen> {
  const wanted = Object.entries(what)
  for (let n = 0; n < 200; n += 1) {
    const found = seen.find((one) => wanted.every(([key, value]) => one[key] === value))
    if (found) return found
    await sleep(50)
  }
  throw new Error(`${JSON.stringify(what)} was not seen among ${JSON.stringify(seen, null, 1)}`)
}

async function listenTo(url: string, headers: Record<string, string>): Promise<readonly Seen[]> {
  const seen: Seen[] = []
  const { body } = await fetch(url, { headers })
  void (async () => {
    let rest = ''
    for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (rest + chunk).split('\n\n')
      rest = blocks.pop() ?? ''
      seen.push(...blocks.flatMap(seenIn))
    }
  })().catch(() => undefined) // the server is gone
  return seen
}

function seenIn(block: string): readonly Seen[] {
  const [, id, event, data] = /^id: (\d+)\nevent: ([\w-]+)\ndata: (.*)$/.exec(block) ?? []
  return data === undefined ? [] : [{ id, event, ...JSON.parse(data) }]
}

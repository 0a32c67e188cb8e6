import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'
import type { Talk } from './talk.ts'

/** What came of a load. */
export interface Outcome {
  readonly requests: number
  readonly seconds: number
  /** Milliseconds, ascending. */
  readonly latencies: readonly number[]
}

interface Load {
  readonly origin: string
  /** Taken up in turn, each by one connection at a time. */
  readonly talks: Talk[]
  readonly connections?: number
}

/** As in the target table. */
export const CONNECTIONS = 32

/** Sends as fast as answers come, for so long. */
export function flood(load: Load, milliseconds: number): Promise<Outcome> {
  const end = performance.now() + milliseconds
  return sendWhile(load, () => performance.now() < end)
}

/** Sends so many, as fast as answers come. */
export function send(load: Load, count: number): Promise<Outcome> {
  let left = count
  return sendWhile(load, () => left-- > 0)
}

async function sendWhile({ origin, talks, connections = CONNECTIONS }: Load, goesOn: () => boolean): Promise<Outcome> {
  const pool = new Pool(origin, { connections })
  const latencies: number[] = []
  const begin = performance.now()
  const send = async () => {
    while (goesOn()) {
      const sent = performance.now()
      await oneOf(talks, pool)
      latencies.push(performance.now() - sent)
    }
  }
  await Promise.all(Array.from({ length: connections }, send))
  await pool.close()
  return outcome(latencies, begin)
}

/** Sends at a rate, whether answers come or not: a latency counts from the time at which the request was due. */
export async function pace(load: Load, rate: number, milliseconds: number): Promise<Outcome> {
  const pool = new Pool(load.origin, { connections: load.connections ?? CONNECTIONS })
  const latencies: number[] = []
  const begin = performance.now()
  const sent: Promise<void>[] = []
  for (let due = begin; due < begin + milliseconds; due += 1_000 / rate) {
    if (due > performance.now()) await sleep(due - performance.now())
    const answered = oneOf(load.talks, pool).then(() => void latencies.push(performance.now() - due))
    sent.push(answered)
  }
  await Promise.all(sent)
  await pool.close()
  return outcome(latencies, begin)
}

function outcome(latencies: number[], begin: number): Outcome {
  const seconds = (performance.now() - begin) / 1_000
  return { requests: latencies.length, seconds, latencies: latencies.sort((one, other) => one - other) }
}

async function oneOf(talks: Talk[], pool: Pool): Promise<void> {
  const talk = talks.shift()
  if (!talk) throw new Error('nobody is left to talk')
  const { path, body, signature } = talk.next()
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature }
  const answer = await pool.request({ method: 'POST', path, body, headers })
  const twiml = await answer.body.text()
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${twiml}`)
  talk.hear(twiml)
  talks.push(talk)
}

/** The value below which so much of an ascending list lies. */
export function quantile(ascending: readonly number[], part: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * part))] ?? 0
}

/** The middle one. */
export function median(values: readonly number[]): number {
  return quantile(
    [...values].sort((one, other) => one - other),
    0.5,
  )
}

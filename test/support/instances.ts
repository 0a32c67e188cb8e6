import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import type { Parts } from '../../src/parts.ts'
import type { Substitutes } from '../../src/substitutes.ts'
import { newDatabase } from './postgres/databases.ts'
import { postgresUrl } from './postgres/of-this-run.ts'
import { type Running, run } from './process.ts'
import { type FlowFiles, folderOf, serving } from './server.ts'

/** Several Trunklines of this process on one database, numbered from 0, and on again from the first one. */
export interface Together {
  readonly url: string
  at(nth: number): Parts
}

/** So many of them that serve these flows, on a fresh database; what is put in the place of the outside may differ from one to the next. */
export async function servingTogether(
  count: number,
  files: FlowFiles,
  substitutes: (nth: number) => Substitutes = () => ({}),
): Promise<Together> {
  const url = await newDatabase((await postgresUrl()) ?? '')
  const settings = { DATABASE_URL: url, DATABASE_CONNECTIONS: '4' }
  const all: Parts[] = []
  for (let nth = 0; nth < count; nth++) all.push(await serving(files, settings, substitutes(nth)))
  return { url, at: (nth) => numbered(all, nth) }
}

/** Several Trunklines, each its own process, on one fresh database of a server. */
export class Instances {
  readonly #start: () => Promise<Running>
  #running: Running[] = []
  #next = 0

  private constructor(start: () => Promise<Running>) {
    this.#start = start
  }

  static async started(count: number, flows: FlowFiles, server: string): Promise<Instances> {
    const folder = folderOf(flows)
    const settings = { FLOWS_DIR: folder, DATABASE_URL: await newDatabase(server), HTTP_ALLOW_PRIVATE: '127.0.0.1' }
    const instances = new Instances(() => run(folder, settings))
    instances.#running = await Promise.all(Array.from({ length: count }, () => instances.#start()))
    return instances
  }

  /** One of them by its number, from 0. */
  at(nth: number): Running {
    return numbered(this.#running, nth)
  }

  /** Posts as a carrier behind a load balancer does: to one after the other, to the next one where one is gone, with the same token. */
  async post(path: string, params: Record<string, string>, token: string): Promise<string> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const answer = await postTo(this.at(this.#next++).origin + path, params, token)
      if (answer !== undefined) return answer
      await sleep(100)
    }
    throw new Error(`nobody answers ${path}`)
  }

  /** How many executions are under way. */
  async activeExecutions(): Promise<number> {
    const authorization = `Basic ${Buffer.from(`AC${'0'.repeat(32)}:dev`).toString('base64')}`
    const answer = await fetch(`${this.at(0).origin}/api/executions?status=active`, { headers: { authorization } })
    const { executions } = (await answer.json()) as { executions: readonly unknown[] } // our own API's list
    return executions.length
  }

  /** Kills one and starts another one in its place, again and again until the test is over; the answer ends it. */
  killedEvery(milliseconds: number): () => Promise<number> {
    let isOver = false
    let kills = 0
    const killing = (async () => {
      for (; !isOver; kills++) {
        await sleep(milliseconds)
        const nth = Math.floor(Math.random() * this.#running.length)
        await this.at(nth).stop('SIGKILL')
        this.#running[nth] = await this.#start()
      }
    })()
    const end = () => {
      isOver = true
      return killing.then(() => kills)
    }
    onTestFinished(async () => void (await end()))
    return end
  }
}

const MOST_ATTEMPTS = 100

function numbered<T>(all: readonly T[], nth: number): T {
  const found = all[nth % all.length]
  if (!found) throw new Error('none is running')
  return found
}

async function postTo(url: string, params: Record<string, string>, token: string): Promise<string | undefined> {
  try {
    const headers = { 'i-twilio-idempotency-token': token }
    const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(params), headers })
    return answer.ok ? await answer.text() : undefined
  } catch {
    return undefined // gone in the middle of it
  }
}

import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openCarrier } from '../../src/carrier.ts'
import type { Channel } from '../../src/channels/channel.ts'
import type { Clock } from '../../src/clock/clock.ts'
import { ManualClock } from '../../src/clock/manual-clock.ts'
import { readConfig } from '../../src/config.ts'
import type { PlaceCallEffect } from '../../src/engine/effect.ts'
import type { HttpOutcome } from '../../src/engine/event.ts'
import { openParts, type Parts } from '../../src/parts.ts'
import { Network } from '../../src/simulator/network.ts'
import { folderOf, form } from './server.ts'

export const OWN = '+15550002000'
export const CONTACT = '+15550001000'
const ACCOUNT = `AC${'0'.repeat(32)}`
const START = Date.parse('2026-03-05T12:00:00Z')

/** What becomes of everything that is asked of the outside: it is done; it is not even heard; or it is done, but the answer is lost. */
export type Fate = 'done' | 'unheard' | 'unanswered'

/** A server that dies as a killed process does, and is begun again on the same database; around it a carrier, a web service and a clock that live on. */
export class Lives {
  readonly clock = new ManualClock(START)
  readonly network: Network
  fate: Fate = 'done'
  /** How often the web service has heard something. */
  requests = 0
  /** How often something was asked of the outside, heard or not. */
  asked = 0
  /** The calls that were asked for. */
  readonly placed: PlaceCallEffect[] = []
  sid = ''
  readonly #files: ReadonlySet<string>
  readonly #settings: Readonly<Record<string, string>>
  readonly #channel: Channel
  #life: Life | undefined

  /** Takes flow files by name; the carrier is given by `wrap` to whoever wants to know less than it does. */
  constructor(files: Readonly<Record<string, unknown>>, wrap: (channel: Channel) => Channel = (channel) => channel) {
    const folder = folderOf(files)
    this.#files = new Set(Object.keys(files).map((name) => `${name}.json`))
    this.#settings = { FLOWS_DIR: folder, DATABASE_URL: `sqlite:${join(folder, 'kept.db')}`, LOG_LEVEL: 'silent' }
    const body = '<Response><Say>Hello</Say><Pause length="3600"/></Response>'
    const line = () => ({ ask: async () => ({ status: 200, contentType: 'text/xml', body, url: '' }) })
    this.network = new Network({ clock: this.clock, accountSid: ACCOUNT, authToken: 'dev', line })
    this.network.attach(OWN, { voice: { url: 'https://phone.example/', method: 'POST' } })
    this.#channel = wrap(openCarrier(readConfig({}, folder), this.clock, this.network).channel)
    onTestFinished(() => this.#close())
  }

  get parts(): Parts {
    if (!this.#life) throw new Error('nothing lives')
    return this.#life.parts
  }

  async begin(): Promise<void> {
    const life = { isOver: false }
    const parts = await openParts(readConfig(this.#settings, '.'), {
      clock: this.#clockOf(life),
      channel: this.#channelOf(life),
      httpRequest: () => this.#outside(life, async () => this.#served()),
      flowFiles: this.#files,
      onMove: ({ execution }) => {
        this.sid = execution.sid
      },
    })
    this.#life = Object.assign(life, { parts })
  }

  /** Nothing is finished: what was not written is lost, and what was written stays. */
  async die(): Promise<void> {
    const { parts } = this
    if (this.#life) this.#life.isOver = true
    await parts.store.close()
  }

  /** Dies and begins again; what is asked of the outside is done from now on. */
  async restart(): Promise<void> {
    await this.die()
    this.fate = 'done'
    await this.begin()
    await this.parts.settled()
  }

  /** What the carrier is answered. */
  async post(url: string, params: Record<string, string>, token = ''): Promise<string> {
    const answer = await this.parts.server.inject(
      form(params, url, token ? { 'i-twilio-idempotency-token': token } : {}),
    )
    return answer.body
  }

  #clockOf(life: { readonly isOver: boolean }): Clock {
    const { clock } = this
    return { now: () => clock.now(), at: (time, ring) => clock.at(time, () => void (life.isOver || ring())) }
  }

  #channelOf(life: { readonly isOver: boolean }): Channel {
    const { sendMessage, recordCall, placeCall, ...rest } = this.#channel
    const cut = <Wish, Outcome>(act: (wish: Wish, token: string) => Promise<Outcome>) => {
      return (wish: Wish, token: string) => this.#outside(life, () => act(wish, token))
    }
    return {
      sendMessage: cut(sendMessage),
      recordCall: cut(recordCall),
      placeCall: (call, token) => {
        this.placed.push(call)
        return cut(placeCall)(call, token)
      },
      postMessage: cut(rest.postMessage),
      readAttributes: cut(rest.readAttributes),
      openConversation: cut(rest.openConversation),
      leaveConversation: cut(rest.leaveConversation),
      handOver: cut(rest.handOver),
    }
  }

  async #outside<Outcome>(life: { readonly isOver: boolean }, work: () => Promise<Outcome>): Promise<Outcome> {
    const { fate } = this
    if (life.isOver) return forEver()
    this.asked += 1
    if (fate === 'unheard') return forEver()
    const outcome = await work()
    return fate === 'unanswered' || life.isOver ? forEver() : outcome
  }

  #served(): HttpOutcome {
    this.requests += 1
    return { ok: true, status: 200, contentType: 'text/plain', headers: {}, body: 'fine' }
  }

  async #close(): Promise<void> {
    await this.#life?.parts.close()
    await this.network.close()
  }
}

interface Life {
  isOver: boolean
  readonly parts: Parts
}

function forEver(): Promise<never> {
  return new Promise(() => undefined)
}

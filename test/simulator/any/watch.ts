import { documentOf } from '../../../src/simulator/document/document.ts'
import { problemsOf } from '../../../src/simulator/grammar/problems.ts'
import type { Happening } from '../../../src/simulator/happening.ts'
import type { Network } from '../../../src/simulator/network.ts'
import { PATHS } from './documents.ts'

export const ACCOUNT = `AC${'1'.repeat(32)}`
/** Where the documents are. */
export const ORIGIN = 'http://app.example'
/** Whose calls are told to be over before a verb's last request. */
export const NEWS_FIRST = '+15550001009'

/** Sees everything that happens, and what of it is not as it has to be. */
export class Watch {
  readonly faults: string[] = []
  readonly happenings: Happening[] = []
  /** The sids of calls that are not over. */
  readonly live = new Set<string>()
  readonly #calls = new Map<string, string>()
  #at = 0
  readonly #network: Network
  readonly #documents: Readonly<Record<string, string>>

  constructor(network: Network, documents: Readonly<Record<string, string>>) {
    this.#network = network
    this.#documents = documents
    network.watch((happening) => this.#see(happening))
  }

  #see(happening: Happening): void {
    this.happenings.push(happening)
    if (happening.at < this.#at) this.faults.push(`${happening.type} is told too late`)
    this.#at = happening.at
    if (happening.type === 'call') this.#moved(happening)
    if (happening.type === 'asked') this.#asked(happening)
  }

  #moved({ sid, status }: Extract<Happening, { type: 'call' }>): void {
    if (OVER.has(this.#calls.get(sid) ?? '')) this.faults.push(`${sid} is ${status} after it was over`)
    this.#calls.set(sid, status)
    if (OVER.has(status)) this.live.delete(sid)
    else this.live.add(sid)
  }

  #asked({ sid, url, params, wants }: Extract<Happening, { type: 'asked' }>): void {
    const status = this.#calls.get(sid)
    if (!sid.startsWith('CA') || wants) return
    if (params.AccountSid !== ACCOUNT) this.faults.push(`${url} is asked without an account`)
    const { pathname } = new URL(url)
    if (!PLACES.has(pathname)) return
    for (const name of STANDARD) if (params[name] === undefined) this.faults.push(`${url} is asked without ${name}`)
    if (params.CallSid !== sid) this.faults.push(`${url} is asked about ${params.CallSid} for ${sid}`)
    const isLast = params.CallStatus === 'completed'
    if (status !== undefined && params.CallStatus !== status && !isLast)
      this.faults.push(`${url} is asked with ${params.CallStatus}: the call is ${status}`)
    if (OVER.has(status ?? '') && params.From !== NEWS_FIRST)
      this.faults.push(`${url} is asked after the call was ${status}`)
  }

  /** What can be seen only when all is over. */
  close(): void {
    this.#paired()
    this.#once()
    for (const queue of this.#network.queues.list())
      if (queue.members.length > 0) this.faults.push(`somebody is left in the queue ${queue.name}`)
    for (const { status, name } of this.#network.conferences.list())
      if (status !== 'completed') this.faults.push(`the conference ${name} never ends`)
    for (const { status, sid } of this.#network.recordings.list())
      if (status === 'in-progress') this.faults.push(`the recording ${sid} never ends`)
  }

  #paired(): void {
    const open = new Set<string>()
    for (const one of this.happenings) {
      if (one.type === 'connected') open.add(`${one.sid} ${one.target}`)
      if (one.type === 'disconnected') open.delete(`${one.sid} ${one.target}`)
    }
    for (const pair of open) this.faults.push(`connected with ${pair}, and never disconnected`)
  }

  #once(): void {
    const allowed = new Map<string, number>()
    const told = new Map<string, number>()
    for (const one of this.happenings) {
      if (one.type === 'problem') count(told, `${one.sid} ${one.problem.message}`)
      if (one.type === 'answered' && one.contentType === 'text/xml')
        for (const message of this.#problems(one.body)) count(allowed, `${one.sid} ${message}`)
    }
    for (const [what, times] of told) {
      const most = allowed.get(what)
      if (most !== undefined && times > most) this.faults.push(`told ${times} times, not ${most}: ${what}`)
    }
  }

  #problems(body: string): readonly string[] {
    const [path] = Object.entries(this.#documents).find(([, one]) => one === body) ?? []
    const document = documentOf({ status: 200, contentType: 'text/xml', body, url: ORIGIN + path }, 'voice')
    return 'code' in document ? [document.message] : problemsOf(document, 'voice').map(({ message }) => message)
  }
}

function count(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1)
}

const PLACES: ReadonlySet<string> = new Set(PATHS)
const STANDARD = ['CallSid', 'AccountSid', 'From', 'To', 'CallStatus', 'Direction', 'ApiVersion', 'Caller', 'Called']
const OVER = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled'])

import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { flawsIn } from '../support/carrier-parameters.ts'
import type { Dice } from '../walk/dice.ts'
import { type Resource, resourceOf } from './carrier-resource.ts'
import { type Fate, type Journal, type Tag, tagsIn } from './journal.ts'

/** A request of the server's as it came. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly form: Readonly<Record<string, string>>
  readonly token: string
}

/** What whoever plays the outside is made of. */
export interface OutsideSettings {
  readonly dice: Dice
  readonly journal: Journal
  /** Told just before something is answered, and just after it. */
  onMoment(): void
  /** Told of what the carrier was asked for and has begun to do. */
  onDone(asked: Asked, resource: Resource): void
}

/** A web service and a carrier's REST API, both as unreliable as such things are. Of the carrier's two halves one knows idempotency tokens, and the other one does not. */
export class Outside {
  readonly #settings: OutsideSettings
  readonly #server: Server
  readonly #given = new Map<string, Resource>()
  url = ''

  constructor(settings: OutsideSettings) {
    this.#settings = settings
    this.#server = createServer(
      (request, response) => void this.#serve(request, response).catch(() => response.destroy()),
    )
  }

  async open(): Promise<void> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening')
    const { port } = this.#server.address() as AddressInfo // listening on TCP
    this.url = `http://127.0.0.1:${port}`
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await askedBy(request)
    const fate = this.#settings.dice.pick(isForService(asked) ? SERVICE : CARRIER)
    this.#note(asked, fate)
    this.#settings.onMoment()
    if (asked.path.startsWith('/slowly')) await sleep(SLOWLY_MS)
    if (fate === 'slow') await sleep(this.#settings.dice.below(600))
    if (fate === 'unheard') return void response.destroy()
    if (fate === 'busy') return end(response, 429, { code: 20429, message: 'Too many requests' })
    if (fate === 'broken') return end(response, 503, { code: 20500, message: 'Service unavailable' })
    const resource = isForService(asked) ? { seen: true } : this.#done(asked)
    if (fate === 'unanswered') return void response.destroy()
    end(response, 201, resource)
    this.#settings.onMoment()
  }

  #note(asked: Asked, fate: Fate): void {
    const { journal } = this.#settings
    journal.fates.push(fate)
    const isTaken = isForService(asked) || (fate !== 'busy' && fate !== 'broken')
    for (const tag of tagsOf(asked))
      journal.heard.push({ at: Date.now(), tag, token: asked.token, by: 'request', isTaken })
    if (asked.token === '' && asked.method === 'POST')
      journal.complaints.push(`${asked.path} was asked for without a token`)
    const flaws = isForService(asked) || asked.method !== 'POST' ? [] : flawsIn(asked.path, Object.entries(asked.form))
    journal.complaints.push(...flaws.map((flaw) => `${asked.path} is not as Twilio has it: ${flaw}`))
  }

  #done(asked: Asked): Resource {
    const known = this.#given.get(asked.token)
    if (known && knowsTokens(asked)) return known
    const resource = resourceOf(asked)
    this.#given.set(asked.token, resource)
    this.#settings.onDone(asked, resource)
    return resource
  }
}

/** Two of these take longer than a webhook is left without an answer. */
const SLOWLY_MS = 8_000

function isForService({ path }: Asked): boolean {
  return path.startsWith('/look') || path.startsWith('/slowly')
}

const SERVICE: readonly [Fate, ...Fate[]] = [...many('fine', 14), ...many('slow', 4), 'broken', 'unheard', 'unanswered']
const CARRIER: readonly [Fate, ...Fate[]] = [...SERVICE, 'busy']

function many(fate: Fate, count: number): [Fate, ...Fate[]] {
  return [fate, ...Array.from({ length: count - 1 }, () => fate)]
}

/** The same for every attempt. */
function knowsTokens({ token }: Asked): boolean {
  return Number.parseInt(token.slice(0, 1), 16) % 2 === 0
}

async function askedBy(request: IncomingMessage): Promise<Asked> {
  const text = Buffer.concat(await request.toArray()).toString()
  const [token = ''] = [request.headers['i-twilio-idempotency-token']].flat()
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    form: Object.fromEntries(new URLSearchParams(text)),
    token,
  }
}

/** Which visit a request is for: the texts say it, and the URL to which a placed call leads. */
function tagsOf({ form }: Asked): readonly Tag[] {
  const { searchParams } = new URL(form.Url ?? 'http://none/')
  const execution = searchParams.get('TrunklineExecution')
  if (execution) return [{ execution, widget: 'ring', count: searchParams.get('TrunklineStep') ?? '' }]
  const callback = form.RecordingStatusCallback ? decodeURIComponent(form.RecordingStatusCallback) : ''
  return tagsIn([form.tag, form.Body, form.FriendlyName, form.Attributes, form.Routing, callback].join(' '))
}

function end(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

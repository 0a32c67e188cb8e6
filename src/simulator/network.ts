import { randomBytes } from 'node:crypto'
import { WebSocket } from 'undici'
import type { Clock } from '../clock/clock.ts'
import { signatureOf } from '../signature/signature.ts'
import { Activity } from './activity.ts'
import type { Caller } from './call/caller.ts'
import { incomingCall, live, type OutgoingCall, outgoingCall } from './call/calls.ts'
import type { Leg } from './call/leg.ts'
import type { Waiting } from './call/waiting.ts'
import { Conferences } from './conference/conferences.ts'
import { Conversations } from './conversations/conversations.ts'
import type { Destination } from './document/destination.ts'
import { GivenAnswers } from './given-answers.ts'
import type { Happening, News } from './happening.ts'
import { Agents } from './line/agents.ts'
import { httpLine, type Line } from './line/line.ts'
import type { OutgoingMessage, Text } from './messaging/message.ts'
import { Messages } from './messaging/messages.ts'
import type { MessagingService } from './messaging/services.ts'
import type { Office } from './office.ts'
import { PlanBook } from './plans.ts'
import { Queues } from './queue/queues.ts'
import { Recordings } from './recording/recordings.ts'
import { resourcePath } from './resource-path.ts'
import type { NetworkSettings } from './settings.ts'
import { Shelf } from './shelf.ts'
import { interactionShelf } from './taskrouter/interactions.ts'
import { TaskRouter } from './taskrouter/tasks.ts'
import type { Webhooks } from './webhooks.ts'

/** A phone network of our own: it plays the carrier's part against any webhook, and knows nothing of what answers there. */
export class Network implements Office {
  readonly clock: Clock
  readonly activity = new Activity()
  readonly accountSid: string
  /** The absolute base of the REST API. */
  restUrl: string
  readonly plans = new PlanBook()
  /** What clients of the REST API were told, for those that ask for the same again. */
  readonly answers = new GivenAnswers()
  readonly queues = new Queues(() => this.#made('QU'))
  readonly conferences = new Conferences(() => this.#made('CF'))
  readonly recordings = new Recordings(() => this.#madeRecording())
  readonly messages: Messages
  readonly conversations: Conversations
  readonly taskRouter: TaskRouter
  readonly interactions = interactionShelf()
  readonly #settings: NetworkSettings
  readonly #agents = new Agents()
  readonly #numbers = new Map<string, Webhooks>()
  readonly #legs = new Shelf<Leg>({ begunAt: ({ createdAt }) => createdAt, isOver: ({ isOver }) => isOver })
  readonly #listeners = new Set<(happening: Happening) => void>()

  constructor(settings: NetworkSettings) {
    this.#settings = settings
    this.clock = settings.clock
    this.accountSid = settings.accountSid
    this.restUrl = settings.restUrl ?? 'https://api.twilio.com'
    this.messages = new Messages(this)
    this.conversations = new Conversations(this)
    this.taskRouter = new TaskRouter(this)
  }

  /** Tells of everything that happens from now on; the answer ends it. */
  watch(listener: (happening: Happening) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Gives a number, or another address, its webhooks. */
  attach(address: string, webhooks: Webhooks): void {
    this.#numbers.set(address, webhooks)
  }

  webhooksOf(address: string): Webhooks | undefined {
    return this.#numbers.get(address)
  }

  addresses(): readonly string[] {
    return [...this.#numbers.keys()]
  }

  /** Makes a Messaging Service of numbers; what is asked for all of them comes beside. */
  attachService(sid: string, numbers: readonly string[], hooks: Omit<MessagingService, 'numbers'> = {}): void {
    this.messages.services.attach(sid, { ...hooks, numbers })
  }

  /** A person calls a number of this network. */
  call(caller: Caller): Leg {
    return incomingCall(this, caller, this.#numbers.get(caller.to) ?? {})
  }

  reach(caller: Caller): Leg | undefined {
    const isPlanned = this.plans.calls.has(caller.to)
    return !isPlanned && this.#numbers.get(caller.to)?.voice ? this.call(caller) : undefined
  }

  live(leg: Leg, start: Destination): Promise<void> {
    return live({ leg, office: this }, start)
  }

  /** The network calls a person. */
  dial(call: OutgoingCall): Leg {
    return outgoingCall(this, call)
  }

  /** A person texts a number of this network; resolves when it is answered. A phone that is bound to a conversation writes there. */
  async text(text: Text): Promise<void> {
    const conversation = this.conversations.bound({ address: text.from, proxyAddress: text.to })
    if (conversation) return this.conversations.say(conversation, text.from, text.body)
    return this.messages.receive(text, this.#numbers.get(text.to) ?? {})
  }

  leg(callSid: string): Leg | undefined {
    return this.#legs.get(callSid)
  }

  /** All calls that are remembered, newest first. */
  legs(): readonly Leg[] {
    return [...this.#legs.list()].reverse()
  }

  tell(sid: string, news: News): void {
    const happening = { ...news, at: this.clock.now(), sid } as Happening // News is Happening without these two
    for (const listener of this.#listeners) listener(happening)
  }

  line(): Line {
    const { authToken, line } = this.#settings
    const http = httpLine({ authToken, agents: this.#agents })
    return line ? line(http) : http
  }

  lasts(waiting: Waiting): number | undefined {
    const { lasts } = this.#settings
    return lasts ? lasts(waiting) : waiting.seconds
  }

  connects(url: string): boolean {
    return this.#settings.connects?.(url) ?? true
  }

  socket(url: string): WebSocket {
    const { href } = new URL(url) // as a server sees it, with a path
    const headers = { 'x-twilio-signature': signatureOf(this.#settings.authToken, href, []) }
    return new WebSocket(href, { headers, dispatcher: this.#agents.connectingWithin(SOCKET_CONNECT_MS) })
  }

  sid(prefix: string): string {
    return prefix + (this.#settings.digits?.() ?? randomBytes(16).toString('hex'))
  }

  register(leg: Leg): void {
    this.#legs.put(leg)
  }

  /** Strikes a call that is over from the list. */
  forget(callSid: string): void {
    this.#legs.remove(callSid)
  }

  send(message: OutgoingMessage): string {
    return this.messages.send(message)
  }

  /** Hangs up every call and lets go of every connection. */
  async close(): Promise<void> {
    for (const leg of this.#legs.list()) if (!leg.isOver) leg.interrupt({ kind: 'hung-up', by: 'person' })
    await this.activity.idle()
    this.messages.close()
    await this.#agents.destroy()
  }

  #made(prefix: string) {
    return { sid: this.sid(prefix), createdAt: this.clock.now() }
  }

  #madeRecording() {
    const { sid, createdAt: startedAt } = this.#made('RE')
    return { sid, startedAt, url: this.restUrl + resourcePath(this.accountSid, `Recordings/${sid}`) }
  }
}

/** As long as any connection may take (twiml.md 1.4). */
const SOCKET_CONNECT_MS = 5_000

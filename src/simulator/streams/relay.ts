import type { Input } from '../call/input.ts'
import { isAbout } from '../call/input.ts'
import type { Leg } from '../call/leg.ts'
import { mediaLength } from '../call/media.ts'
import type { Scene } from '../call/player.ts'
import { sendDigits, speakingTime } from '../call/sound.ts'
import type { Element } from '../document/element.ts'
import { parametersIn } from '../document/noun-parameters.ts'
import type { Params } from '../line/web-request.ts'
import type { Office } from '../office.ts'
import { caution, fault } from '../problem.ts'
import { secondsSince } from '../seconds.ts'
import { RelayInbox } from './relay-inbox.ts'
import { type RelayMessage, readRelayMessage, setupMessage } from './relay-message.ts'
import { Socket } from './socket.ts'
import { socketUrl } from './socket-url.ts'

/** A talk between a caller and a server in texts: what the caller says goes out, what comes in is said (twiml.md 4.10). */
export class Relay {
  readonly #noun: Element
  readonly #leg: Leg
  readonly #office: Office
  readonly #sid: string
  readonly #startedAt: number
  #language: string
  #socket: Socket | undefined
  readonly #inbox = new RelayInbox()
  /** Tokens of which the last one has not come. */
  #text = ''
  #end: Params | undefined

  constructor(noun: Element, { leg, office }: Scene) {
    this.#noun = noun
    this.#leg = leg
    this.#office = office
    this.#sid = office.sid('VX')
    this.#startedAt = leg.ground.clock.now()
    this.#language = noun.attributes.transcriptionLanguage ?? noun.attributes.language ?? 'en-US'
  }

  /** Talks to the end; answers the parameters of the action. Throws `Interrupted`. */
  async run(): Promise<Params> {
    try {
      await this.#open()
      while (!this.#end) await this.#next()
      return this.result(this.#end)
    } finally {
      this.#socket?.close()
      this.#socket = undefined
    }
  }

  /** The parameters of the action, however it ended. */
  result(end: Params): Params {
    const seconds = secondsSince(this.#leg.ground.clock, this.#startedAt)
    return { SessionId: this.#sid, SessionDuration: String(seconds), ...end }
  }

  async #open(): Promise<void> {
    const url = socketUrl(this.#noun.attributes.url)
    if (url === undefined) return this.#fail('64102', `${this.#noun.attributes.url} is no wss URL`)
    this.#socket = await Socket.open(this.#office.socket(url), {
      onText: (text) => this.#take(text),
      onClose: () => this.#receive({ type: 'closed' }),
    })
    if (!this.#socket) return this.#fail('64102', `${url} takes no WebSocket connection`)
    this.#leg.tell({ type: 'noted', text: `the call is relayed to ${url}` })
    this.#socket.send(setupMessage(this.#leg, { sessionId: this.#sid, customParameters: parametersIn(this.#noun) }))
    await this.#socket.answered()
    const { welcomeGreeting, welcomeGreetingInterruptible } = this.#noun.attributes
    if (welcomeGreeting) await this.#say(welcomeGreeting, welcomeGreetingInterruptible)
  }

  /** Does the next thing that the server or the caller wants. */
  async #next(): Promise<void> {
    if (this.#inbox.isEmpty) await this.#hearServer(MORE_MS)
    const message = this.#inbox.take()
    if (message) return this.#obey(message)
    const input = await this.#leg.wait({
      takes: (given) => isAbout(this, given) || this.#takes(given, 'any'),
      listening: { verb: 'ConversationRelay', takes: this.#takesKeys ? ['speech', 'keys'] : ['speech'] },
    })
    if (input) await this.#pass(input)
  }

  get #takesKeys(): boolean {
    return this.#noun.attributes.dtmfDetection === 'true'
  }

  #takes({ kind }: Input, interruptible: string): boolean {
    if (kind === 'speech') return SPEECH_INTERRUPTS.has(interruptible)
    return kind === 'key' && this.#takesKeys && KEYS_INTERRUPT.has(interruptible)
  }

  /** Passes on what the caller says or presses, and waits for what the server makes of it. */
  async #pass(input: Input): Promise<void> {
    if (input.kind === 'key') {
      this.#socket?.send({ type: 'dtmf', digit: input.key })
      return this.#socket?.answered()
    }
    if (input.kind !== 'speech') return
    await this.#leg.wait({ seconds: speakingTime(input.text) })
    this.#socket?.send({ type: 'prompt', voicePrompt: input.text, lang: this.#language, last: true })
    await this.#hearServer(ANSWER_MS)
  }

  /** Lets no time of the call pass until the server has said something whole, or for so many milliseconds of the world's. */
  async #hearServer(patience: number): Promise<void> {
    await this.#socket?.answered()
    await this.#inbox.whole(patience)
  }

  async #obey(message: RelayMessage): Promise<void> {
    switch (message.type) {
      case 'text':
        this.#text += message.token
        return message.last ? this.#say(this.#text, message.interruptible) : undefined
      case 'play':
        return this.#play(message.source)
      case 'sendDigits':
        return sendDigits(this.#leg, message.digits)
      case 'language':
        this.#language = message.transcriptionLanguage ?? this.#language
        return this.#leg.tell({ type: 'noted', text: `the language is ${this.#language} now` })
      case 'end':
        this.#end = { SessionStatus: 'ended', HandoffData: message.handoffData }
        return
      case 'closed':
        return this.#fail('64105', 'WebSocket Ended')
      default:
        return message satisfies never
    }
  }

  async #play(url: string): Promise<void> {
    const seconds = await mediaLength(url, this.#leg)
    if (seconds === undefined) return
    this.#leg.tell({ type: 'played', url })
    await this.#leg.wait({ seconds })
  }

  /** Says a text; a caller who may interrupt it is passed on with how much they heard. */
  async #say(text: string, interruptible = this.#noun.attributes.interruptible ?? 'any'): Promise<void> {
    this.#text = ''
    if (text.trim() === '') return
    const { clock } = this.#leg.ground
    const [seconds, since] = [speakingTime(text), clock.now()]
    this.#leg.tell({ type: 'said', text })
    const input = await this.#leg.wait({ seconds, takes: (given) => this.#takes(given, interruptible) })
    if (!input) return
    const heard = (clock.now() - since) / 1_000 / seconds
    this.#socket?.send({
      type: 'interrupt',
      utteranceUntilInterrupt: text.slice(0, Math.round(text.length * heard)),
      durationUntilInterruptMs: clock.now() - since,
    })
    await this.#pass(input)
  }

  #take(text: string): void {
    const message = readRelayMessage(text)
    if (typeof message === 'string') this.#complain(message)
    else this.#receive(message)
  }

  #receive(message: RelayMessage): void {
    if (!this.#socket) return
    this.#inbox.put(message)
    this.#leg.give({ kind: 'signal', about: this })
  }

  #complain(description: string): void {
    this.#leg.warn(caution(64107, description))
    this.#socket?.send({ type: 'error', description })
  }

  #fail(code: string, message: string): void {
    this.#leg.warn(fault(Number(code), message))
    this.#end = { SessionStatus: 'failed', ErrorCode: code, ErrorMessage: message }
  }
}

const SPEECH_INTERRUPTS: ReadonlySet<string> = new Set(['any', 'true', 'speech'])
const KEYS_INTERRUPT: ReadonlySet<string> = new Set(['any', 'true', 'dtmf'])
/** A server that thinks does so in the world's time, up to so many milliseconds. */
const ANSWER_MS = 10_000
/** Milliseconds after which it has no more to say by itself. */
const MORE_MS = 50

import type { Leg } from '../call/leg.ts'
import type { Scene } from '../call/player.ts'
import { report } from '../call/requests.ts'
import type { Element } from '../document/element.ts'
import { callbackOf } from '../document/hooks.ts'
import { parametersIn } from '../document/noun-parameters.ts'
import { fault } from '../problem.ts'
import { Playback } from './playback.ts'
import { Socket } from './socket.ts'
import { socketUrl } from './socket-url.ts'

/** The sound of a call as messages to a server's WebSocket, and, where it is connected with it, back (twiml.md 4.10). */
export class MediaStream {
  readonly sid: string
  readonly #noun: Element
  readonly #scene: Scene
  readonly #leg: Leg
  readonly #tracks: readonly string[]
  readonly #playback: Playback
  #socket: Socket | undefined
  #sequence = 0
  #chunk = 0
  #startedAt = 0
  #stopTicking = () => {}
  #onEnd = () => {}

  constructor(noun: Element, scene: Scene) {
    this.#noun = noun
    this.#scene = scene
    this.#leg = scene.leg
    this.#tracks = TRACKS[noun.attributes.track ?? 'inbound_track'] ?? ['inbound']
    this.sid = scene.office.sid('MZ')
    this.#playback = new Playback(this.#leg.ground.clock, (name) => {
      this.#send('mark', { mark: { name } })
      this.#hold()
    })
  }

  /** Connects and begins to send; false where the server cannot be had. `onEnd` is told when it is over by itself. */
  async open(onEnd: () => void): Promise<boolean> {
    this.#onEnd = onEnd
    const url = socketUrl(this.#noun.attributes.url)
    if (url === undefined) return this.#fail(`${this.#noun.attributes.url} is no wss URL`)
    if (!this.#scene.office.connects(url)) return this.#fail(`${url} is not to be asked`)
    this.#socket = await Socket.open(this.#scene.office.socket(url), {
      onText: (text) => this.#obey(text),
      onClose: () => this.#ended(),
    })
    if (!this.#socket) {
      this.#leg.warn(fault(31920, `${url} takes no WebSocket connection`))
      return this.#fail('the server takes no connection')
    }
    await this.#begin(this.#socket, url)
    return true
  }

  /** A key that the caller presses. */
  press(digit: string): void {
    this.#send('dtmf', { dtmf: { track: 'inbound_track', digit } })
    this.#hold()
  }

  /** Ends it from the side of the call. */
  stop(): void {
    if (!this.#socket) return
    const { accountSid } = this.#leg.ground
    this.#send('stop', { stop: { accountSid, callSid: this.#leg.sid } })
    const socket = this.#socket
    void this.#leg.ground.activity.during(async () => {
      await socket.answered()
      socket.close()
    })
    this.#ended()
  }

  async #begin(socket: Socket, address: string): Promise<void> {
    this.#startedAt = this.#leg.ground.clock.now()
    socket.send({ event: 'connected', protocol: 'Call', version: '1.0.0' })
    this.#send('start', {
      start: {
        accountSid: this.#leg.ground.accountSid,
        callSid: this.#leg.sid,
        streamSid: this.sid,
        tracks: this.#tracks,
        customParameters: parametersIn(this.#noun),
        mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8_000, channels: 1 },
      },
    })
    this.#leg.tell({ type: 'noted', text: `a stream of the call goes to ${address}` })
    this.#report('stream-started')
    this.#tick()
    await socket.answered()
  }

  /** Sends the silence of a moment, and again after the next one. */
  #tick(): void {
    const { clock, activity } = this.#leg.ground
    this.#stopTicking = clock.at(clock.now() + FRAMES * FRAME_MS, () => {
      void activity.during(async () => {
        for (let frame = 0; frame < FRAMES; frame += 1) this.#sendSilence(clock.now() + (frame - FRAMES) * FRAME_MS)
        await this.#socket?.answered()
        if (this.#socket) this.#tick()
      })
    })
  }

  #sendSilence(at: number): void {
    this.#chunk += 1
    const timestamp = String(at - this.#startedAt)
    for (const track of this.#tracks)
      this.#send('media', { media: { track, chunk: String(this.#chunk), timestamp, payload: SILENCE } })
  }

  #send(event: string, content: object): void {
    this.#sequence += 1
    this.#socket?.send({ event, sequenceNumber: String(this.#sequence), streamSid: this.sid, ...content })
  }

  /** Lets no time pass before the server has had what was sent. */
  #hold(): void {
    void this.#leg.ground.activity.during(async () => this.#socket?.answered())
  }

  #obey(text: string): void {
    const problem = this.#playback.take(text)
    if (problem) this.#leg.warn(problem)
    if (this.#playback.hasBegun) this.#leg.tell({ type: 'noted', text: 'the stream plays sound to the caller' })
  }

  #ended(): void {
    if (!this.#socket) return
    this.#socket = undefined
    this.#stopTicking()
    this.#playback.clear()
    this.#leg.tell({ type: 'noted', text: 'the stream of the call is over' })
    this.#report('stream-stopped')
    this.#onEnd()
  }

  #fail(message: string): false {
    this.#report('stream-error', message)
    return false
  }

  #report(event: string, error?: string): void {
    const { name } = this.#noun.attributes
    const callback = callbackOf(this.#noun, 'statusCallback', this.#scene)
    if (!callback) return
    report(this.#leg, callback, {
      CallSid: this.#leg.sid,
      StreamSid: this.sid,
      StreamName: name ?? this.sid,
      StreamEvent: event,
      Timestamp: new Date(this.#leg.ground.clock.now()).toISOString(),
      ...(error && { StreamError: error }),
    })
  }
}

const TRACKS: Readonly<Record<string, readonly string[]>> = {
  inbound_track: ['inbound'],
  outbound_track: ['outbound'],
  both_tracks: ['inbound', 'outbound'],
}

/** Twenty milliseconds of µ-law silence. */
const SILENCE = Buffer.alloc(160, 0xff).toString('base64')
const FRAME_MS = 20
/** Frames go out in packs of a tenth of a second. */
const FRAMES = 5

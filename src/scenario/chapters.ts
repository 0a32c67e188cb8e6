import { durationOf } from '../clock/duration.ts'
import type { Fields } from '../engine/fields.ts'
import type { Happening } from '../simulator/happening.ts'
import { lasting } from './lasting.ts'
import { LIVE, ownCallsIn } from './own-calls.ts'

/** One thing that a person did, as a step of a scenario has it, and what came of it. */
export interface Chapter {
  readonly act: Fields
  readonly heard: readonly string[]
  readonly got: readonly (string | Fields)[]
  /** Codes of what the carrier gave up. */
  readonly problems: readonly number[]
}

/** What the person at an address did, one act after another; `begun` stands first where they did not begin it themselves. Waits are put in where time was let pass. */
export function chaptersOf(happenings: readonly Happening[], own: string, begun?: Fields): readonly Chapter[] {
  const telling = new Telling(own, ownCallsIn(happenings, own))
  if (begun) telling.chapters.push({ act: begun, ...NOTHING })
  for (const [index, happening] of happenings.entries()) telling.add(happening, happenings.slice(index + 1))
  return telling.chapters
}

class Telling {
  readonly chapters: Chapter[] = []
  readonly #own: string
  readonly #calls: ReadonlySet<string>
  /** The time that the scenario reaches by the acts so far, without a wait; epoch milliseconds. */
  #now: number | undefined
  #live = false

  constructor(own: string, calls: ReadonlySet<string>) {
    this.#own = own
    this.#calls = calls
  }

  add(happening: Happening, later: readonly Happening[]): void {
    if (happening.type === 'message') this.#message(happening)
    else if (happening.type === 'problem') this.#problem(happening)
    else if (happening.type === 'call') this.#call(happening)
    else if (this.#calls.has(happening.sid)) this.#inCall(happening, later)
  }

  #message(message: Extract<Happening, { type: 'message' }>): void {
    if (message.direction === 'outbound') this.#get(message)
    else if (message.from === this.#own) this.#act(textAct(message, this.chapters.length), message.at)
  }

  #call({ sid, from, to, status, direction, at }: Extract<Happening, { type: 'call' }>): void {
    if (!this.#calls.has(sid)) return
    if (status === 'ringing' && direction === 'inbound')
      this.#act({ call: address({ from, to }, this.chapters.length) }, at)
    this.#live = LIVE.has(status)
    if (!this.#live) this.#now = at
  }

  #inCall(happening: Happening, later: readonly Happening[]): void {
    if (happening.type === 'said') this.#hear(happening.text)
    if (happening.type === 'played') this.#hear(happening.url)
    if (happening.type === 'listening') this.#now = happening.at
    const act = happening.type === 'listening' ? silence(happening, later) : answerIn(happening)
    if (act) this.#act(act, happening.at)
  }

  #act(act: Fields, at: number): void {
    this.#waitFor(at)
    this.chapters.push({ act, ...NOTHING })
  }

  #waitFor(at: number): void {
    const seconds = this.#now === undefined ? 0 : Math.round((at - this.#now) / 1_000)
    this.#now = at
    if (seconds > 0) this.chapters.push({ act: { wait: durationOf(seconds) }, ...NOTHING })
  }

  #hear(text: string): void {
    this.#change(({ heard, ...rest }) => ({ ...rest, heard: [...heard, lasting(text)] }))
  }

  #problem({ problem: { code, level } }: Extract<Happening, { type: 'problem' }>): void {
    if (level === 'error') this.#change(({ problems, ...rest }) => ({ ...rest, problems: [...problems, code] }))
  }

  /** What comes later than the last act is waited for; within a call time passes by itself. */
  #get({ to, body, media, at }: Extract<Happening, { type: 'message' }>): void {
    if (!this.#live) this.#waitFor(at)
    const plain = to === this.#own && media.length === 0
    const text = lasting(body)
    const message = plain
      ? text
      : { ...(to !== this.#own && { to }), body: text, ...(media.length > 0 && { media: media.map(lasting) }) }
    this.#change(({ got, ...rest }) => ({ ...rest, got: [...got, message] }))
  }

  #change(change: (chapter: Chapter) => Chapter): void {
    const last = this.chapters.pop()
    if (last) this.chapters.push(change(last))
  }
}

const NOTHING: Omit<Chapter, 'act'> = { heard: [], got: [], problems: [] }

/** The first thing of all has the carrier's parameters, later ones the scenario's own. */
function address({ from, to }: { readonly from: string; readonly to: string }, chapters: number): Fields {
  return chapters === 0 ? { From: from, To: to } : { to }
}

function textAct({ from, to, body, media }: Extract<Happening, { type: 'message' }>, chapters: number): Fields {
  if (chapters > 0) return { text: media.length === 0 ? body : { body, media: [...media] } }
  const pictures = media.map((url, index) => [`MediaUrl${index}`, url])
  const counted = media.length > 0 ? { NumMedia: String(media.length), ...Object.fromEntries(pictures) } : {}
  return { message: { From: from, To: to, Body: body, ...counted } }
}

function answerIn(happening: Happening): Fields | undefined {
  switch (happening.type) {
    case 'pressed':
      return { press: happening.keys }
    case 'spoke':
      return { say: happening.text }
    case 'talked':
      return { talk: durationOf(happening.seconds) }
    case 'hung-up':
      return happening.by === 'person' ? { hangUp: true } : undefined
    default:
      return undefined
  }
}

/** Something was asked for, time passed, and then came something else than an answer. */
function silence({ sid, at }: Happening, later: readonly Happening[]): Fields | undefined {
  const next = later.find((one) => one.sid === sid && one.type !== 'silence')
  return next && next.at > at && !answerIn(next) && next.type !== 'listening' ? { silence: true } : undefined
}

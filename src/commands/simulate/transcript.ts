import type { Execution, Step } from '../../engine/execution.ts'
import { type Fields, isFields } from '../../engine/fields.ts'
import type { Advanced } from '../../engine/walker.ts'
import { waitsInWords } from '../../scenario/waits-in-words.ts'
import type { Happening } from '../../simulator/happening.ts'
import type { Paint } from '../paint.ts'

/** How much is shown. */
export interface Shown {
  /** The documents as they came. */
  readonly twiml: boolean
  /** The steps of the flow. */
  readonly trace: boolean
}

/** Writes what happens as a conversation between people, line by line. */
export class Transcript {
  readonly #write: (line: string) => void
  readonly #shown: Shown
  readonly #paint: Paint
  readonly #startedAt: number
  readonly #own: string

  /** `own` is the address of whoever holds the phone, `startedAt` in epoch milliseconds. */
  constructor(
    write: (line: string) => void,
    { shown, paint, startedAt, own }: { shown: Shown; paint: Paint; startedAt: number; own: string },
  ) {
    this.#write = write
    this.#shown = shown
    this.#paint = paint
    this.#startedAt = startedAt
    this.#own = own
  }

  /** Adds what is to be seen of something that happened. */
  add(happening: Happening): void {
    const line = this.#said(happening)
    if (line) this.#line(happening.at, ...line)
    if (happening.type === 'answered' && this.#shown.twiml && happening.body !== '') this.#document(happening.body)
  }

  /** Adds what moved an execution. */
  addEvent(at: number, text: string): void {
    this.#line(at, 'event', text)
  }

  /** Adds the steps and warnings of a move, where they are wanted; warnings always are. */
  addMove({ steps, warnings, effect, execution }: Advanced): void {
    if (this.#shown.trace) for (const step of steps) this.#line(step.date, 'step', stepText(step), 'dim')
    for (const { code, message, date } of warnings) this.#line(date, 'warning', `${code} ${message}`, 'yellow')
    const rests = this.#shown.trace && effect === undefined
    if (rests) this.#line(execution.updatedAt, 'step', restText(execution), 'dim')
  }

  #line(at: number, who: string, text: string, colour: keyof Paint = 'plain'): void {
    const [first = '', ...rest] = text.split('\n')
    const paint = this.#paint[colour]
    this.#write(`${this.#paint.dim(clockText(at - this.#startedAt))}  ${paint(`${who.padEnd(WHO)}  ${first}`)}`)
    for (const line of rest) this.#write(`${' '.repeat(INDENT)}${paint(line)}`)
  }

  #document(body: string): void {
    for (const line of body.trimEnd().split('\n')) this.#write(`${' '.repeat(INDENT)}${this.#paint.cyan(line)}`)
  }

  #said(happening: Happening): Line | undefined {
    switch (happening.type) {
      case 'said':
        return ['flow', happening.text + times(happening.times), 'bold']
      case 'played':
        return ['flow', `plays ${happening.url}${times(happening.times)}`, 'bold']
      case 'toned':
        return ['flow', happening.digits === 'beep' ? 'beep' : `plays the tones ${happening.digits}`]
      case 'paused':
        return ['flow', `pauses for ${seconds(happening.seconds)}`, 'dim']
      case 'pressed':
        return ['you', `press ${happening.keys}`, 'green']
      case 'spoke':
        return ['you', `"${happening.text}"`, 'green']
      case 'talked':
        return ['you', `talk for ${seconds(happening.seconds)}`, 'green']
      case 'silence':
        return ['you', `say nothing for ${seconds(happening.seconds)}`, 'green']
      case 'hung-up':
        return happening.by === 'person' ? ['you', 'hang up', 'green'] : ['flow', 'hangs up']
      case 'recorded':
        return ['flow', `keeps a recording of ${seconds(happening.seconds)}: ${happening.url}.wav`]
      case 'dialled':
        return ['flow', `dials ${happening.target} (${happening.noun})`]
      case 'connected':
        return ['line', `connected with ${happening.target}`]
      case 'disconnected':
        return ['line', `${happening.target} is gone: ${happening.status} after ${seconds(happening.seconds)}`]
      case 'queued':
        return ['line', `waiting in the queue ${happening.queue}`]
      case 'dequeued':
        return ['line', `out of the queue ${happening.queue}: ${happening.result}`]
      case 'noted':
        return ['line', happening.text]
      case 'call':
        return happening.to === this.#own && happening.status === 'ringing' ? ['line', 'your phone rings'] : undefined
      case 'message':
        return this.#message(happening)
      case 'problem':
        return [happening.problem.level, `${happening.problem.code} ${happening.problem.message}`, 'yellow']
      default:
        return undefined
    }
  }

  #message({ direction, from, to, body, media }: Extract<Happening, { type: 'message' }>): Line {
    const text = [...(body === '' ? [] : [body]), ...media.map((url) => `[${url}]`)].join('\n')
    if (direction === 'inbound') return [from === this.#own ? 'you' : from, text, 'green']
    return [to === this.#own ? 'flow' : `to ${to}`, text, 'bold']
  }
}

type Line = readonly [who: string, text: string, colour?: keyof Paint]

const WHO = 7
const INDENT = 16

/** Since the beginning, in two units that are as wide at any time: `9:05`, `2h05`, `5d02`. */
function clockText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000)
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3_600)]
  if (minutes < 60) return inTwo(minutes, ':', seconds % 60)
  if (hours < 100) return inTwo(hours, 'h', minutes % 60)
  return inTwo(Math.floor(hours / 24), 'd', hours % 24)
}

function inTwo(whole: number, unit: ':' | 'h' | 'd', part: number): string {
  return `${whole}${unit}${String(part).padStart(2, '0')}`.padStart(5)
}

function seconds(number: number): string {
  return `${Math.round(number * 10) / 10} s`
}

function times(number = 1): string {
  return number > 1 ? ` (${number} times)` : ''
}

function restText(execution: Execution): string {
  const { status, endedReason, frames } = execution
  if (status === 'ended') return `the execution has ended: ${endedReason}`
  return `${frames.at(-1)?.at} ${waitsInWords(execution)}`
}

function stepText({ from, name, to, output, compared = [] }: Step): string {
  const told = brief(output)
  const given = Object.keys(told).length > 0 ? `  ${JSON.stringify(told)}` : ''
  const why = compared.map(({ type, operand, value, holds }) => {
    return `\n  ${holds ? 'yes' : 'no '}  ${JSON.stringify(operand)} ${type} ${JSON.stringify(value)}`
  })
  return `${from} -- ${name} --> ${to}${given}${why.join('')}`
}

/** What a step gave out without what every webhook and every message has, and without what is empty. */
function brief(output: Fields): Fields {
  const told = Object.entries(output).flatMap(([key, value]) => {
    const shown = isFields(value) ? brief(value) : value
    const isEmpty = shown === null || shown === '' || (isFields(shown) && Object.keys(shown).length === 0)
    return isEmpty || EVERYWHERE.test(key) ? [] : [[key, shown] as const]
  })
  return Object.fromEntries(told)
}

const EVERYWHERE =
  /^(((Account|Call|Message|Sms|SmsMessage)?Sid)|ApiVersion|Direction|(Call|Sms)Status|Num(Media|Segments)|Date\w+|SubresourceUris|(From|To|Caller|Called)(City|State|Zip|Country)?)$/

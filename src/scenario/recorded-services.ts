import type { HttpOutcome } from '../engine/event.ts'
import type { Fields } from '../engine/fields.ts'
import type { Move } from '../runtime/move.ts'
import { AUDIO_TYPES } from '../simulator/document/audio-types.ts'
import type { Happening } from '../simulator/happening.ts'
import { lastingUrl } from './lasting.ts'

/** Whom flows and their TwiML asked, with the answers that came, so that a scenario needs none of them. */
export function servicesIn(moves: readonly Move[], happenings: readonly Happening[]): readonly Fields[] {
  const services = new Map<string, { readonly url: string; readonly method: string; readonly answers: Fields[] }>()
  for (const { method, url: asked, answer } of [...requestsIn(moves), ...documentsIn(happenings)]) {
    const url = lastingUrl(asked)
    const known = services.get(`${method} ${url}`) ?? { url, method, answers: [] }
    known.answers.push(answer)
    services.set(`${method} ${url}`, known)
  }
  return [...services.values()].map(({ url, method, answers: [first, ...more] }) => ({
    url,
    method,
    answer: more.length === 0 ? first : [first, ...more],
  }))
}

interface Exchange {
  readonly method: string
  readonly url: string
  readonly answer: Fields
}

/** What flows asked by HTTP. */
function requestsIn(moves: readonly Move[]): readonly Exchange[] {
  return moves.flatMap(({ effect, execution }, index) => {
    if (effect?.type !== 'http-request') return []
    const next = moves.slice(index + 1).find((move) => move.execution.sid === execution.sid)
    return next?.event.type === 'http-responded'
      ? [{ method: effect.method, url: effect.url, answer: answerOf(next.event.outcome) }]
      : []
  })
}

/** What the carrier asked elsewhere; whatever is asked first of all is the flow itself. Media that could be played needs no service. */
function documentsIn(happenings: readonly Happening[]): readonly Exchange[] {
  const [first] = happenings.filter(isAsked)
  const server = first && originOf(first.url)
  return pairsIn(happenings).flatMap(({ asked: { method, url, wants }, came }) => {
    const origin = originOf(url)
    if (origin === undefined || origin === server) return []
    if (came.type === 'problem')
      return [{ method, url, answer: { fails: wants ? 'network' : failureOf(came.problem.code) } }]
    const isPlayed = wants === 'media' && came.status === 200 && AUDIO_TYPES.has(came.contentType)
    return isPlayed ? [] : [{ method, url, answer: answerOf({ ok: true, headers: {}, ...came }) }]
  })
}

type Asked = Extract<Happening, { type: 'asked' }>
type Came = Extract<Happening, { type: 'answered' | 'problem' }>

/** Requests with what came of each: of those for one URL that are open at a time, the oldest is answered first. */
function pairsIn(happenings: readonly Happening[]): readonly { readonly asked: Asked; readonly came: Came }[] {
  const open: Asked[] = []
  return happenings.flatMap((one) => {
    if (isAsked(one)) open.push(one)
    if (one.type !== 'answered' && one.type !== 'problem') return []
    const index = open.findIndex(({ sid, url }) => sid === one.sid && url === one.url)
    const [asked] = index < 0 ? [] : open.splice(index, 1)
    return asked ? [{ asked, came: one }] : []
  })
}

function isAsked(one: Happening): one is Asked {
  return one.type === 'asked'
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined
}

/** The code with which the carrier gives up what a scenario's service stands for: it knows one way to be out of reach. */
export function replayed(code: number): number {
  return OUT_OF_REACH.has(code) ? 11205 : code
}

const OUT_OF_REACH: ReadonlySet<number> = new Set([11205, 11206, 11210, 11215, 11220, 11235, 11236, 11237])

function failureOf(code: number): string {
  if (code === 11750) return 'too-large'
  return OUT_OF_REACH.has(code) ? 'network' : 'timeout'
}

function answerOf(outcome: HttpOutcome): Fields {
  if (!outcome.ok) return { fails: FAILURES.has(outcome.reason) ? outcome.reason : 'network' }
  const { status, contentType, body } = outcome
  const json = contentType === 'application/json' ? parsed(body) : undefined
  if (json !== undefined) return { ...(status !== 200 && { status }), json }
  return { ...(status !== 200 && { status }), ...(contentType !== 'text/plain' && { contentType }), body }
}

const FAILURES: ReadonlySet<string> = new Set(['timeout', 'network', 'too-large'])

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // it says it is JSON and is not: kept as it is
  }
}

import { type Clock, reached } from '../clock/clock.ts'
import type { RestAnswer } from './rest-answer.ts'
import type { RestApi, RestRequest } from './rest-api.ts'
import { Unanswered } from './unanswered.ts'

/**
 * Asks again where the carrier is busy (429), broken (5xx) or cannot be reached, at growing intervals. What was sent
 * and not answered is not asked for again: it may have been done, and Twilio does not say that it knows our tokens.
 */
export function retrying(api: RestApi, clock: Clock): RestApi {
  return { ask: (request) => insist(api, request, clock) }
}

async function insist(api: RestApi, request: RestRequest, clock: Clock): Promise<RestAnswer> {
  const last = clock.now() + LAST_START_MS
  for (let attempts = 1; ; attempts += 1) {
    const outcome = await attempt(api, request)
    const next = clock.now() + Math.max(backOff(attempts), wishOf(outcome, clock.now()))
    if (!isTriedAgain(outcome) || next > last) return told(outcome, attempts)
    await reached(clock, next)
  }
}

/** Milliseconds from the first attempt to the start of the last one: with the wait for its turn and its own time, all of it fits into half a minute, for a caller may be waiting. */
const LAST_START_MS = 15_000

async function attempt(api: RestApi, request: RestRequest): Promise<RestAnswer | Unanswered> {
  try {
    return await api.ask(request)
  } catch (error) {
    if (error instanceof Unanswered) return error
    throw error
  }
}

function isTriedAgain(outcome: RestAnswer | Unanswered): boolean {
  if (outcome instanceof Unanswered) return !outcome.mayBeDone
  return outcome.status === 429 || outcome.status >= 500
}

/** Milliseconds: half a second, then twice as long each time; minus a random part of up to a half, so that not all come back at once. */
function backOff(attempts: number): number {
  return FIRST_PAUSE_MS * 2 ** (attempts - 1) * (1 - Math.random() / 2)
}

const FIRST_PAUSE_MS = 500

/** Milliseconds that the carrier wants to be left alone: `Retry-After` has seconds or a date. */
function wishOf(outcome: RestAnswer | Unanswered, now: number): number {
  const text = outcome instanceof Unanswered ? '' : (outcome.retryAfter ?? '')
  if (/^\d+$/.test(text)) return Number(text) * 1_000
  const date = Date.parse(text)
  return Number.isNaN(date) ? 0 : date - now
}

function told(outcome: RestAnswer | Unanswered, attempts: number): RestAnswer {
  if (!(outcome instanceof Unanswered)) return { ...outcome, attempts }
  if (attempts === 1) throw outcome
  throw new Unanswered(`${outcome.message}, after ${attempts} attempts`, outcome.mayBeDone, attempts)
}

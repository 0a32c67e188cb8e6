import { type Clock, reached } from '../clock/clock.ts'
import type { RestApi } from './rest-api.ts'
import { Unanswered } from './unanswered.ts'

interface Pace {
  readonly perSecond: number
  readonly clock: Clock
}

/** Lets so many requests a second through, evenly and in the order in which they came; refuses one that would have to wait too long. */
export function paced(api: RestApi, { perSecond, clock }: Pace): RestApi {
  const interval = 1_000 / perSecond
  let free = clock.now()
  return {
    async ask(request) {
      const turn = Math.max(free, clock.now())
      if (turn - clock.now() > LONGEST_WAIT_MS) throw crowded(perSecond)
      free = turn + interval
      await reached(clock, turn)
      return api.ask(request)
    },
  }
}

const LONGEST_WAIT_MS = 5_000

function crowded(perSecond: number): Unanswered {
  const limit = `TWILIO_REQUESTS_PER_SECOND (${perSecond})`
  return new Unanswered(`more requests wait than ${limit} lets through in ${LONGEST_WAIT_MS / 1_000} s`, false)
}

import type { Pace } from './pace.ts'
import type { RestApi } from './rest-api.ts'

/** For requests whose answer no caller waits for: they stand in line, behind all others, for as long as it takes. */
export function inLine(api: RestApi, pace: Pace): RestApi {
  let line: Promise<unknown> = Promise.resolve()
  return {
    ask(request) {
      // The answer is wrapped, so that the next in line waits for the asking and not for what comes of it.
      const asked = line.then(() => pace.quiet()).then(() => ({ answer: api.ask(request) }))
      line = asked
      return asked.then(({ answer }) => answer)
    },
  }
}

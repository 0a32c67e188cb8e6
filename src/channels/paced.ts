import type { Pace } from './pace.ts'
import type { RestApi } from './rest-api.ts'

/** Every attempt takes a turn of the pace; one that would have to wait too long for it is refused. */
export function paced(api: RestApi, pace: Pace): RestApi {
  return {
    async ask(request) {
      await pace.turn()
      return api.ask(request)
    },
  }
}

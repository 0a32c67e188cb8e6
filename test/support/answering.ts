import { expect } from 'vitest'
import type { RestApi, RestRequest } from '../../src/channels/rest-api.ts'
import { twilioChannel } from '../../src/channels/twilio.ts'
import type { Fields } from '../../src/engine/fields.ts'
import { flawsIn } from './carrier-parameters.ts'

/** A REST API that answers everything with this and keeps what it is asked, which must be as Twilio has it; and a channel that goes through it. */
export function answering(status: number, body: Fields) {
  const asked: RestRequest[] = []
  const api: RestApi = {
    async ask(request) {
      asked.push(request)
      if (request.form) expect(flawsIn(request.path, request.form)).toEqual([])
      return { status, body }
    },
  }
  return { asked, api, channel: twilioChannel({ api, accountSid: 'AC1', workspaceSid: 'WS1', now: () => 0 }) }
}

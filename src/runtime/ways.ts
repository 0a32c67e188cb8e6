import type { Execution } from '../engine/execution.ts'
import type { Outside, Ways } from './perform.ts'
import type { Turn } from './turn.ts'

/** The ways by which an execution reaches the outside: the carrier's channel, the patient one where no webhook waits; or those of its trial, which ask nothing in the name of the account. */
export function waysOf(outside: Outside, { address }: Pick<Execution, 'address'>, turn: Turn | undefined): Ways {
  const trial = outside.trial?.(address)
  const { httpRequest, channel, patient } = outside
  if (!trial) return { httpRequest, channel: turn ? channel : patient }
  return {
    httpRequest: (request, token) => (request.authenticate ? Promise.resolve(REFUSED) : httpRequest(request, token)),
    channel: trial,
  }
}

const REFUSED = {
  ok: false,
  reason: 'refused-address',
  message: 'a trial asks nothing of Twilio in the name of the account',
} as const

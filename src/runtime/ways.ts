import type { Execution } from '../engine/execution.ts'
import type { Outside } from './perform.ts'
import type { Turn } from './turn.ts'

/** By which ways an execution goes out: the carrier's, the patient one where no webhook waits; or those of its trial, on which nothing is asked in the name of the account. */
export function waysOf(
  outside: Outside,
  { address }: Pick<Execution, 'address'>,
  turn: Turn | undefined,
): Pick<Outside, 'httpRequest' | 'channel'> {
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

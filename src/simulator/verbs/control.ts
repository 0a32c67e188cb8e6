import { goOn } from '../call/action.ts'
import { end } from '../call/outcome.ts'
import type { Player } from '../call/player.ts'
import { textOf } from '../document/element.ts'

/** Hangup: the call is over (twiml.md 4.8). */
export const hangup: Player = async (_verb, { leg }) => {
  leg.answer()
  leg.tell({ type: 'hung-up', by: 'server' })
  return end()
}

/** Reject: a call that was not answered yet never is (twiml.md 4.8). */
export const reject: Player = async ({ attributes: { reason } }, { leg }) => {
  leg.tell({ type: 'hung-up', by: 'server' })
  if (leg.status === 'in-progress') return end()
  return end(reason === 'busy' ? 'busy' : 'no-answer')
}

/** Redirect: another document takes over; without a URL, this one again (twiml.md 4.8). */
export const redirect: Player = async (verb, scene) =>
  goOn({ ...verb, attributes: { ...verb.attributes, action: textOf(verb) } }, scene)

/** Leave: gives a queued caller back to the verb after Enqueue; anywhere else it does nothing (twiml.md 4.7). */
export const leave: Player = async (_verb, { leg }) => (leg.isQueued ? { kind: 'leave' } : { kind: 'next' })

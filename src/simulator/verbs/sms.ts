import { follow } from '../call/action.ts'
import type { Player } from '../call/player.ts'
import { textOf } from '../document/element.ts'
import { hookOf } from '../document/hooks.ts'

/** Sms: sends a text in the middle of a call (legacy, twiml.md 4.8). */
export const sms: Player = async (verb, scene) => {
  const { leg, office } = scene
  const { from, to, direction } = leg.setup
  const [caller, own] = direction === 'inbound' ? [from, to] : [to, from]
  const sid = office.send({
    from: verb.attributes.from ?? own,
    to: verb.attributes.to ?? caller,
    body: textOf(verb),
    statusCallback: hookOf(verb, { url: 'statusCallback' }, scene),
    direction: 'outbound-call',
  })
  return follow(verb, scene, { SmsSid: sid, SmsStatus: 'sent' })
}

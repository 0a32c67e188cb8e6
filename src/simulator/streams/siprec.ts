import type { Scene } from '../call/player.ts'
import { report } from '../call/requests.ts'
import type { Element } from '../document/element.ts'
import { callbackOf } from '../document/hooks.ts'

/** Sends a call to a recorder of somebody else's, of which only the callbacks can be seen; the answer ends it (twiml.md 4.11). */
export function startSiprec(noun: Element, scene: Scene): () => void {
  const { leg, office } = scene
  const { name, connectorName = '' } = noun.attributes
  const callback = callbackOf(noun, 'statusCallback', scene)
  const sid = office.sid('SR')
  const tell = (event: string) => {
    leg.tell({ type: 'noted', text: `siprec ${connectorName}: ${event}` })
    if (!callback) return
    report(leg, callback, {
      CallSid: leg.sid,
      SiprecSid: sid,
      SiprecName: name ?? sid,
      SiprecEvent: event,
      Timestamp: new Date(leg.ground.clock.now()).toISOString(),
    })
  }
  tell('siprec-started')
  return () => tell('siprec-stopped')
}

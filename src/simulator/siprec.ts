import type { Element } from './element.ts'
import { methodOf } from './parameters.ts'
import { callbackUrl, type Scene } from './player.ts'
import { report } from './requests.ts'

/** Sends a call to a recorder of somebody else's, of which only the callbacks can be seen; the answer ends it (twiml.md 4.11). */
export function startSiprec(noun: Element, scene: Scene): () => void {
  const { leg, office } = scene
  const { name, connectorName = '', statusCallback, statusCallbackMethod } = noun.attributes
  const url = callbackUrl(statusCallback, scene)
  const sid = office.sid('SR')
  const tell = (event: string) => {
    leg.tell({ type: 'noted', text: `siprec ${connectorName}: ${event}` })
    if (url === undefined) return
    const { accountSid, clock } = leg.ground
    const params = {
      AccountSid: accountSid,
      CallSid: leg.sid,
      SiprecSid: sid,
      SiprecName: name ?? sid,
      SiprecEvent: event,
      Timestamp: new Date(clock.now()).toISOString(),
    }
    report(leg, { url, method: methodOf(statusCallbackMethod), params })
  }
  tell('siprec-started')
  return () => tell('siprec-stopped')
}

import { follow, partingIfAsked } from '../call/action.ts'
import { isHangUp } from '../call/interruption.ts'
import type { Leg } from '../call/leg.ts'
import type { Player, Scene } from '../call/player.ts'
import { elementsIn, textOf } from '../document/element.ts'
import type { Params } from '../line/web-request.ts'
import { caution } from '../problem.ts'

/** Refer: hands a SIP call over to another SIP address (twiml.md 4.8). */
export const refer: Player = async (verb, scene) => {
  const { leg } = scene
  leg.answer()
  const target = elementsIn(verb).find(({ name }) => name === 'Sip')
  if (!target) return follow(verb, scene, { ReferCallStatus: 'failed' })
  if (!isSip(leg)) {
    leg.warn(caution(13801, '<Refer> works on SIP calls only'))
    return follow(verb, scene, { ReferCallStatus: 'failed' })
  }
  try {
    return follow(verb, scene, await referred(textOf(target), scene))
  } catch (error) {
    if (!isHangUp(error)) throw error
    return partingIfAsked(verb, scene, { ReferCallStatus: 'canceled' })
  }
}

/** The caller's end is at a SIP address. */
function isSip({ setup: { from, to, direction } }: Leg): boolean {
  return /^sips?:/.test(direction === 'inbound' ? from : to)
}

async function referred(target: string, { leg, office }: Scene): Promise<Params> {
  const { outcome, after } = office.plans.calls.of(target)
  leg.tell({ type: 'dialled', target, noun: 'Sip' })
  await leg.wait({ seconds: after })
  const [status, code] = RESULTS[outcome]
  leg.tell({ type: 'noted', text: `the call is referred to ${target}: ${status}` })
  return { ReferCallStatus: status, ReferSipResponseCode: '202', NotifySipResponseCode: code }
}

const RESULTS = {
  answered: ['in-progress', '200'],
  busy: ['busy', '486'],
  'no-answer': ['no-answer', '480'],
  failed: ['failed', '404'],
} as const

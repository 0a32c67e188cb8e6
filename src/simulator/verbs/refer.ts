import { type Element, elementsIn, textOf } from '../element.ts'
import { NEXT } from '../outcome.ts'
import { follow, type Player } from '../player.ts'
import { caution } from '../problem.ts'

/** Refer: hands a SIP call over to another SIP address (twiml.md 4.8). */
export const refer: Player = async (verb, scene) => {
  const { leg } = scene
  leg.answer()
  const target = elementsIn(verb).find(({ name }) => name === 'Sip')
  if (!target) {
    leg.warn(caution(13801, '<Refer> has no <Sip>'))
    return NEXT
  }
  const params = await referred(target, scene.leg.office.planOf(textOf(target)).outcome)
  leg.tell({ type: 'noted', text: `the call is referred to ${textOf(target)}: ${params.ReferCallStatus}` })
  return follow(verb, scene, params)
}

async function referred(_target: Element, outcome: 'answered' | 'busy' | 'no-answer' | 'failed') {
  const [status, code] = RESULTS[outcome]
  return { ReferCallStatus: status, ReferSipResponseCode: '202', NotifySipResponseCode: code }
}

const RESULTS = {
  answered: ['in-progress', '200'],
  busy: ['busy', '486'],
  'no-answer': ['no-answer', '480'],
  failed: ['failed', '404'],
} as const

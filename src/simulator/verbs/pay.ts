import { goOn, parting } from '../call/action.ts'
import { isHangUp } from '../call/interruption.ts'
import { NEXT, type Outcome } from '../call/outcome.ts'
import type { Player, Scene } from '../call/player.ts'
import { destination } from '../document/destination.ts'
import type { Element } from '../document/element.ts'
import { LOOPBACK } from '../line/loopback.ts'
import type { Params } from '../line/web-request.ts'
import { type Collected, PaymentSession } from '../payment/session.ts'
import type { PaymentPlan } from '../plans.ts'

/** Pay: takes the details of a card or a bank account and hands them to a connector (twiml.md 4.9). */
export const pay: Player = async (verb, scene) => {
  const { leg } = scene
  leg.answer()
  if (!mayGoOn(verb, scene)) return NEXT
  if (!isAmount(verb.attributes.chargeAmount)) return done(verb, scene, { Result: 'validation-error' })
  const session = new PaymentSession(verb, scene)
  try {
    const collected = await session.collect()
    if (collected === 'all') await session.process()
    return done(verb, scene, { ...session.shown(), ...resultOf(collected, verb, scene) })
  } catch (error) {
    if (!isHangUp(error)) throw error
    return parting(posted(verb), scene, { ...session.shown(), ...methodsOf(verb), Result: 'caller-hung-up' })
  }
}

/** Card numbers go to https only, but on the machine itself; that it is so was told when the document was read. */
function mayGoOn({ attributes: { action } }: Element, { document }: Scene): boolean {
  const target = destination({ url: action, method: 'POST' }, document.base)
  if ('code' in target || target.kind !== 'url') return true // whoever goes on there tells what is wrong
  const { protocol, hostname } = new URL(target.url)
  return protocol === 'https:' || LOOPBACK.test(hostname)
}

function isAmount(text = ''): boolean {
  return text === '' || (/^\d+(\.\d+)?$/.test(text) && Number(text) <= MOST)
}

const MOST = 1_000_000

function resultOf(collected: Collected, verb: Element, { leg, office }: Scene): Params {
  if (collected !== 'all') return { Result: collected }
  const connector = verb.attributes.paymentConnector ?? 'Default'
  const plan = office.plans.payments.of(connector)
  leg.tell({ type: 'noted', text: `the payment connector ${connector} says: ${plan.kind}` })
  return { Result: RESULTS[plan.kind], ...ofConnector(plan, verb, office.sid('')) }
}

const RESULTS = {
  accepted: 'success',
  declined: 'payment-connector-error',
  'internal-error': 'internal-error',
} as const

function ofConnector(plan: PaymentPlan, { attributes }: Element, random: string): Params {
  switch (plan.kind) {
    case 'accepted':
      return Number(attributes.chargeAmount ?? 0) > 0
        ? { PaymentConfirmationCode: plan.confirmationCode ?? `ch_${random.slice(0, 24)}` }
        : { PaymentToken: plan.token ?? `${PREFIXES[attributes.tokenType ?? ''] ?? 'cus'}_${random.slice(0, 14)}` }
    case 'declined':
      return { PaymentError: plan.error, ConnectorError: plan.error, PayErrorCode: plan.errorCode ?? '64012' }
    case 'internal-error':
      return { PaymentError: 'internal error', PayErrorCode: '64002' }
    default:
      return plan satisfies never
  }
}

/** What tokens begin with. */
const PREFIXES: Readonly<Record<string, string>> = { 'one-time': 'tok', reusable: 'cus', 'payment-method': 'pm' }

function done(verb: Element, scene: Scene, params: Params): Outcome {
  return goOn(posted(verb), scene, { ...methodsOf(verb), ...params })
}

function methodsOf({ attributes }: Element): Params {
  const { paymentMethod = 'credit-card', bankAccountType = 'consumer-checking' } = attributes
  return {
    PaymentMethod: paymentMethod,
    ...(paymentMethod === 'ach-debit' && { BankAccountType: bankAccountType }),
  }
}

/** The action of a Pay is asked by POST only. */
function posted(verb: Element): Element {
  return { ...verb, attributes: { ...verb.attributes, method: 'POST' } }
}

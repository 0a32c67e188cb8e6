import type { Element } from '../document/element.ts'
import type { Problem } from '../problem.ts'
import { problem } from './dictionary.ts'
import { leadsOn } from './going-on.ts'
import { PARAMETERS } from './parameters.ts'
import { PAY_PROMPTS } from './prompts.ts'
import type { Rule } from './rule.ts'
import {
  ANY,
  BOOLEAN,
  type Check,
  FILLED,
  isOnThisMachine,
  like,
  listOf,
  METHOD,
  oneOf,
  under,
  url,
  whole,
} from './values.ts'

const AMOUNT = /^\s*\d+(\.\d+)?\s*$/

const CARDS = ['visa', 'mastercard', 'amex', 'maestro', 'discover', 'optima', 'jcb', 'diners-club', 'enroute'] as const

const LANGUAGE = oneOf(
  ...'de-DE en-AU en-CA en-GB en-IN en-IE en-NZ en-PH en-ZA en-US es-ES es-MX es-US fr-CA fr-FR it-IT'.split(' '),
)

const PROMPT: Rule = {
  attributes: {
    for: oneOf(
      'payment-card-number',
      'expiration-date',
      'security-code',
      'postal-code',
      'payment-processing',
      'bank-account-number',
      'bank-routing-number',
    ),
    attempt: listOf('1', '2', '3', '4', '5', '6', '7', '8', '9', '10'),
    cardType: listOf(...CARDS),
    errorType: listOf(
      'timeout',
      'invalid-card-number',
      'invalid-card-type',
      'invalid-date',
      'invalid-security-code',
      'invalid-postal-code',
      'invalid-bank-routing-number',
      'invalid-bank-account-number',
      'input-matching-failed',
      'internal-error',
    ),
    requireMatchingInputs: BOOLEAN,
  },
  children: PAY_PROMPTS,
  whole: ({ attributes }) =>
    attributes.for === undefined
      ? [problem(12200, '<Prompt> has no attribute for; expected the step that it is for')]
      : [],
}

/** Pay (twiml.md 4.9). */
export const PAY: Rule = {
  attributes: {
    input: under(64020, oneOf('dtmf')),
    action: secureUrl,
    statusCallback: url(),
    statusCallbackMethod: METHOD,
    paymentMethod: under(64020, oneOf('credit-card', 'ach-debit')),
    bankAccountType: under(
      64020,
      oneOf('consumer-checking', 'consumer-savings', 'commercial-checking', 'commercial-savings'),
    ),
    timeout: under(64020, whole(1)),
    maxAttempts: under(64020, whole(1, 3)),
    securityCode: under(64020, BOOLEAN),
    postalCode: under(64020, FILLED),
    minPostalCodeLength: under(64020, whole(0)),
    paymentConnector: under(64004, FILLED),
    tokenType: under(64020, oneOf('one-time', 'reusable', 'payment-method')),
    chargeAmount: under(64003, like(AMOUNT, 'an amount from 0 to 1000000, such as 10.99')),
    currency: under(64020, like(/^[A-Za-z]{3}$/, 'a currency such as usd')),
    description: ANY,
    language: under(64020, LANGUAGE),
    validCardTypes: under(64020, listOf(...CARDS)),
  },
  children: { ...PARAMETERS, Prompt: PROMPT },
  whole: (pay, base) => [...amount(pay), ...accountType(pay), ...leadsOn(pay, base)],
}

/** What is paid may go to https only; on the machine itself, where there is no certificate, that is told as a warning. */
function secureUrl(value: string, base: string | undefined): ReturnType<Check> {
  const flaw = url()(value, base)
  const text = value.trim()
  if (flaw || text === '') return flaw
  const target = URL.canParse(text) ? new URL(text) : new URL(text, base)
  if (target.protocol === 'https:') return undefined
  return { code: isOnThisMachine(target.href) ? 12200 : 64016, expected: 'an https URL' }
}

const MOST = 1_000_000

/** An amount has as many decimals as its currency. */
function amount({ attributes: { chargeAmount = '0', currency = 'usd' } }: Element): Problem[] {
  if (!AMOUNT.test(chargeAmount)) return [] // told of already
  const [, decimals = ''] = chargeAmount.trim().split('.')
  const shown = `chargeAmount=${JSON.stringify(chargeAmount)} of <Pay>`
  if (Number(chargeAmount) > MOST) return [problem(64003, `${shown}: expected at most ${MOST}`)]
  const most = decimalsOf(currency)
  return decimals.length > most ? [problem(64003, `${shown}: expected at most ${most} decimals in ${currency}`)] : []
}

function decimalsOf(currency: string): number {
  if (!/^[A-Za-z]{3}$/.test(currency)) return 2
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

function accountType({ attributes: { bankAccountType, paymentMethod = 'credit-card' } }: Element): Problem[] {
  if (bankAccountType === undefined || paymentMethod !== 'credit-card') return []
  const shown = `bankAccountType=${JSON.stringify(bankAccountType)} of <Pay>`
  return [problem(64017, `${shown} does not go with a credit card; expected paymentMethod="ach-debit"`)]
}

import { z } from 'zod'
import { WARNING } from '../engine/warning.ts'
import { answer, defineWidget, exit } from '../engine/widget.ts'
import { choice, flag, integer, keyValues, list, name, text } from '../flow/properties.ts'
import type { Pay } from '../twiml/verbs.ts'

const properties = z.object({
  payment_connector: name().meta({ title: 'Payment connector' }),
  payment_method: choice(['CREDIT_CARD', 'ACH_DEBIT']).default('CREDIT_CARD').meta({ title: 'Payment method' }),
  payment_token_type: choice(['one-time', 'reusable']).default('reusable').meta({ title: 'Token type' }),
  payment_amount: text().meta({ title: 'Charge amount' }),
  currency: name().default('usd').meta({ title: 'Currency' }),
  description: text().meta({ title: 'Description' }),
  valid_card_types: list().meta({ title: 'Accepted card types' }),
  language: name().meta({ title: 'Language' }),
  timeout: integer({ min: 1 }).default(5).meta({ title: 'Gather timeout in seconds' }),
  max_attempts: integer({ min: 1, max: 3 }).default(2).meta({ title: 'Maximum attempts' }),
  security_code: flag().default(true).meta({ title: 'Request security code' }),
  postal_code: name().default('true').meta({ title: 'Request postal code' }),
  min_postal_code_length: integer({ min: 0 }).meta({ title: 'Minimum postal code length' }),
  bank_account_type: choice([
    'CONSUMER_CHECKING',
    'CONSUMER_SAVINGS',
    'COMMERCIAL_CHECKING',
    'COMMERCIAL_SAVINGS',
  ]).meta({ title: 'Bank account type' }),
  parameters: keyValues().meta({ title: 'Parameters' }),
})

/** Takes a card's or an account's data by keys (widgets.md 3.12). */
export const capturePayments = defineWidget({
  type: 'capture-payments',
  library: {
    title: 'Capture Payments',
    group: 'Voice',
    exits: {
      success: 'Success',
      maxFailedAttempts: 'Max Failed Attempts',
      providerError: 'Provider Error',
      payInterrupted: 'Pay Interrupted',
      hangup: 'Caller Hung Up',
      validationError: 'Validation Error',
    },
  },
  summary: 'Takes a payment from the caller by keypad.',
  needs: 'call',
  exits: ['success', 'maxFailedAttempts', 'providerError', 'payInterrupted', 'hangup', 'validationError'],
  properties,

  enter({ properties, callbackUrl }) {
    const { payment_amount = '' } = properties
    // Left out, it would make a token and charge nothing, and the flow would go on as if it had been paid.
    if (!isAmount(payment_amount))
      return exit('validationError', {
        warnings: [
          {
            code: WARNING.template,
            message: `the charge amount ${JSON.stringify(payment_amount)} is no decimal number up to 1000000 such as "10.99"`,
          },
        ],
      })
    return answer([{ ...payOf(properties), action: callbackUrl() }])
  },

  resume({ execution }, event) {
    if (event.type !== 'continued') return undefined
    const output = event.params
    const name = EXIT_OF.get(output.Result ?? '')
    return exit(name ?? (execution.call?.live ? 'providerError' : 'hangup'), { output })
  },
})

/** A decimal number up to a million, or nothing, which only makes a token (twiml.md 4.9). */
function isAmount(text: string): boolean {
  return /^\s*(\d+(\.\d+)?)?\s*$/.test(text) && Number(text) <= MOST
}

const MOST = 1_000_000

/** The exit for each `Result` of the carrier; the last two have none of their own (inferred in widgets.md). */
const EXIT_OF: ReadonlyMap<string, PayExit> = new Map<string, PayExit>([
  ['success', 'success'],
  ['too-many-failed-attempts', 'maxFailedAttempts'],
  ['payment-connector-error', 'providerError'],
  ['caller-interrupted-with-star', 'payInterrupted'],
  ['caller-hung-up', 'hangup'],
  ['validation-error', 'validationError'],
  ['internal-error', 'providerError'],
  ['relay-pay-stop', 'payInterrupted'],
])

type PayExit = 'success' | 'maxFailedAttempts' | 'providerError' | 'payInterrupted' | 'hangup' | 'validationError'

type Properties = z.output<typeof properties>

function payOf(properties: Properties): Pay {
  const {
    payment_connector,
    payment_amount = '',
    valid_card_types = [],
    postal_code,
    bank_account_type,
    parameters = [],
  } = properties
  const isCard = properties.payment_method === 'CREDIT_CARD'
  return {
    verb: 'Pay',
    paymentMethod: isCard ? 'credit-card' : 'ach-debit',
    paymentConnector: payment_connector,
    tokenType: properties.payment_token_type,
    chargeAmount: payment_amount.trim() || undefined,
    currency: properties.currency,
    description: properties.description,
    validCardTypes: isCard && valid_card_types.length > 0 ? valid_card_types.map(cardType).join(' ') : undefined,
    language: properties.language,
    timeout: properties.timeout,
    maxAttempts: properties.max_attempts,
    securityCode: isCard ? properties.security_code : undefined,
    postalCode: isCard ? postal_code : undefined,
    minPostalCodeLength: isCard ? properties.min_postal_code_length : undefined,
    bankAccountType: isCard ? undefined : bank_account_type?.toLowerCase().replace('_', '-'),
    children: parameters.map(({ key: name, value }) => ({ verb: 'Parameter', name, value })),
  }
}

/** Studio and TwiML spell one card type differently. */
function cardType(type: string): string {
  return type === 'master-card' ? 'mastercard' : type
}

import { numberOf } from '../document/attributes.ts'
import type { Params } from '../line/web-request.ts'
import { brandOf, isCardNumber, lengthOfCard, maskedCard } from './cards.ts'

/** What a caller types for a payment, in the words of `<Prompt for>` (twiml.md 4.9). */
export type FieldName =
  | 'payment-card-number'
  | 'expiration-date'
  | 'security-code'
  | 'postal-code'
  | 'bank-routing-number'
  | 'bank-account-number'

/** Why something typed is not taken, in the words of the status callback. */
export type ErrorType =
  | 'input-timeout'
  | 'invalid-card-number'
  | 'invalid-card-type'
  | 'invalid-date'
  | 'invalid-security-code'
  | 'invalid-postal-code'
  | 'invalid-bank-routing-number'
  | 'invalid-bank-account-number'
  | 'input-matching-failed'

/** One thing that is typed: how long it is, what is wrong with it, and how it is shown. */
export interface Field {
  readonly name: FieldName
  /** The digits after which no key is waited for; undefined where only `#` or a pause ends it. */
  length(typed: string, form: Form): number | undefined
  /** What is wrong with it. */
  check(typed: string, form: Form): ErrorType | undefined
  /** Its parameters, so that nobody can use them. */
  shown(typed: string): Params
}

/** What has been typed so far, and what was asked for. */
export interface Form {
  readonly typed: Readonly<Partial<Record<FieldName, string>>>
  /** The attributes of the Pay. */
  readonly attributes: Readonly<Record<string, string>>
  /** Epoch milliseconds. */
  readonly now: number
}

/** The fields that a Pay asks for, in their order. */
export function fieldsOf({
  paymentMethod,
  securityCode,
  postalCode,
}: Readonly<Record<string, string>>): readonly Field[] {
  if (paymentMethod === 'ach-debit') return [ROUTING_NUMBER, ACCOUNT_NUMBER]
  return [
    CARD_NUMBER,
    EXPIRATION_DATE,
    ...(securityCode === 'false' ? [] : [SECURITY_CODE]),
    ...((postalCode ?? 'true') === 'true' ? [POSTAL_CODE] : []),
  ]
}

/** The kind of the card that was typed. */
export function cardOf({ typed }: Pick<Form, 'typed'>): string | undefined {
  return brandOf(typed['payment-card-number'] ?? '')
}

const CARD_NUMBER: Field = {
  name: 'payment-card-number',
  length: lengthOfCard,
  check(typed, { attributes: { validCardTypes = 'visa mastercard amex' } }) {
    if (!isCardNumber(typed)) return 'invalid-card-number'
    return validCardTypes.split(/\s+/).includes(brandOf(typed) ?? '') ? undefined : 'invalid-card-type'
  },
  shown: (typed) => ({ PaymentCardNumber: maskedCard(typed), PaymentCardType: brandOf(typed) ?? '' }),
}

const EXPIRATION_DATE: Field = {
  name: 'expiration-date',
  length: () => 4,
  check(typed, { now }) {
    const [, month = '', year = ''] = /^(0[1-9]|1[0-2])(\d\d)$/.exec(typed) ?? []
    const isGood = month !== '' && Date.UTC(2000 + Number(year), Number(month)) > now // good to the end of its month
    return isGood ? undefined : 'invalid-date'
  },
  shown: (typed) => ({ ExpirationDate: typed }),
}

const SECURITY_CODE: Field = {
  name: 'security-code',
  length: (_typed, form) => securityCodeLength(form),
  check: (typed, form) => (typed.length === securityCodeLength(form) ? undefined : 'invalid-security-code'),
  shown: (typed) => ({ SecurityCode: '*'.repeat(typed.length) }),
}

function securityCodeLength(form: Form): number {
  return cardOf(form) === 'amex' ? 4 : 3
}

const POSTAL_CODE: Field = {
  name: 'postal-code',
  length: () => undefined,
  check: (typed, { attributes: { minPostalCodeLength } }) =>
    typed.length >= Math.max(numberOf(minPostalCodeLength, 1), 1) ? undefined : 'invalid-postal-code',
  shown: (typed) => ({ PaymentCardPostalCode: typed }),
}

const ROUTING_NUMBER: Field = {
  name: 'bank-routing-number',
  length: () => 9,
  check: (typed) => (isRoutingNumber(typed) ? undefined : 'invalid-bank-routing-number'),
  shown: (typed) => ({ BankRoutingNumber: typed }),
}

/** Nine digits, the last of which checks the others. */
function isRoutingNumber(typed: string): boolean {
  const sum = [...typed].reduce((total, digit, index) => total + Number(digit) * ([3, 7, 1][index % 3] ?? 0), 0)
  return /^\d{9}$/.test(typed) && sum % 10 === 0
}

const ACCOUNT_NUMBER: Field = {
  name: 'bank-account-number',
  length: () => 17,
  check: (typed) => (typed.length >= 4 ? undefined : 'invalid-bank-account-number'),
  shown: (typed) => ({ BankAccountNumber: '*'.repeat(Math.max(typed.length - 2, 0)) + typed.slice(-2) }),
}

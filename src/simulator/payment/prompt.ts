import { type Element, elementsIn } from '../document/element.ts'
import type { ErrorType, FieldName } from './fields.ts'

/** Where a payment stands when something is asked or said. */
export interface Situation {
  readonly step: FieldName | 'payment-processing'
  /** Counted from 1, for each step. */
  readonly attempt: number
  /** Why it is asked again. */
  readonly error: ErrorType | undefined
  readonly card: string | undefined
}

/** The Prompt that fits best: of its step, and as near to the error, the attempt and the card as there is (twiml.md 4.9). */
export function promptFor(pay: Element, situation: Situation): Element | undefined {
  const fitting = elementsIn(pay).filter((child) => child.name === 'Prompt' && fits(child, situation))
  return fitting.reduce<Element | undefined>(
    (best, prompt) => (best && weightOf(best) >= weightOf(prompt) ? best : prompt),
    undefined,
  )
}

function fits({ attributes }: Element, { step, attempt, error, card }: Situation): boolean {
  return (
    attributes.for === step &&
    allows(attributes.errorType, error && error === 'input-timeout' ? 'timeout' : error) &&
    allows(attributes.attempt, String(attempt)) &&
    allows(attributes.cardType, card)
  )
}

function allows(list: string | undefined, value: string | undefined): boolean {
  return list === undefined || (value !== undefined && list.trim().split(/\s+/).includes(value))
}

/** The error says most, then the attempt, then the card. */
function weightOf({ attributes: { errorType, attempt, cardType } }: Element): number {
  return (errorType === undefined ? 0 : 4) + (attempt === undefined ? 0 : 2) + (cardType === undefined ? 0 : 1)
}

/** What is said where no Prompt fits. */
export function wordingOf({ step, error }: Situation): string {
  return error === undefined ? WORDING[step] : `${APOLOGIES[error]} ${WORDING[step]}`
}

const WORDING: Readonly<Record<Situation['step'], string>> = {
  'payment-card-number': 'Please enter your credit card number.',
  'expiration-date': 'Please enter the expiration date of your card, two digits for the month and two for the year.',
  'security-code': 'Please enter the security code of your card.',
  'postal-code': 'Please enter your postal code, and then press pound.',
  'bank-routing-number': 'Please enter your bank routing number.',
  'bank-account-number': 'Please enter your bank account number, and then press pound.',
  'payment-processing': 'Thank you. Your payment is being processed.',
}

const APOLOGIES: Readonly<Record<ErrorType, string>> = {
  'input-timeout': 'Nothing was entered.',
  'invalid-card-number': 'This card number is not valid.',
  'invalid-card-type': 'This kind of card is not accepted.',
  'invalid-date': 'This date is not valid.',
  'invalid-security-code': 'This security code is not valid.',
  'invalid-postal-code': 'This postal code is not valid.',
  'invalid-bank-routing-number': 'This routing number is not valid.',
  'invalid-bank-account-number': 'This account number is not valid.',
  'input-matching-failed': 'The two entries are not the same.',
}

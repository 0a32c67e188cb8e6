import { expect, test } from 'vitest'
import { capturePayments } from '../../src/widgets/capture-payments.ts'
import { continued, HUNG_UP, twimlOf, visit } from '../support/visit.ts'

const asked = (properties: Record<string, unknown>) =>
  twimlOf(capturePayments.enter(visit(capturePayments, properties)))

test.each(['$10.99', '10,99', 'free', '-1', '1000000.01'])(
  'an amount of %s is not charged as nothing but refused',
  (payment_amount) => {
    expect(capturePayments.enter(visit(capturePayments, { payment_amount }))).toMatchObject({
      exit: 'validationError',
      warnings: [{ message: expect.stringContaining(payment_amount) }],
    })
  },
)

test.each([' 10.99 ', '', '  '])('an amount of %j is a charge or none', (payment_amount) => {
  const amount = /chargeAmount="([^"]*)"/.exec(asked({ payment_amount }))?.[1] ?? ''
  expect(amount).toBe(payment_amount.trim())
})

test('a card is asked for in the spelling of TwiML', () => {
  const properties = {
    payment_connector: 'Stripe',
    payment_token_type: 'one-time',
    payment_amount: '10.99',
    currency: 'eur',
    description: 'Tickets',
    valid_card_types: ['visa', 'master-card'],
    language: 'de-DE',
    timeout: 7,
    max_attempts: 3,
    security_code: false,
    postal_code: '94105',
    min_postal_code_length: 5,
    parameters: [{ key: 'order', value: '7' }],
  }
  expect(asked(properties)).toBe(
    '<Pay paymentMethod="credit-card" paymentConnector="Stripe" tokenType="one-time" chargeAmount="10.99" currency="eur" description="Tickets" ' +
      'validCardTypes="visa mastercard" language="de-DE" timeout="7" maxAttempts="3" securityCode="false" postalCode="94105" minPostalCodeLength="5" ' +
      'action="HOOK"><Parameter name="order" value="7"/></Pay>',
  )
})

test('a bank account is asked for without what only cards have', () => {
  const twiml = asked({
    payment_method: 'ACH_DEBIT',
    bank_account_type: 'COMMERCIAL_CHECKING',
    valid_card_types: ['visa'],
  })
  expect(twiml).toContain('paymentMethod="ach-debit"')
  expect(twiml).toContain('bankAccountType="commercial-checking"')
  expect(twiml).not.toMatch(/validCardTypes|securityCode|postalCode/)
})

test.each([
  ['success', 'success'],
  ['too-many-failed-attempts', 'maxFailedAttempts'],
  ['payment-connector-error', 'providerError'],
  ['internal-error', 'providerError'],
  ['caller-interrupted-with-star', 'payInterrupted'],
  ['caller-hung-up', 'hangup'],
  ['validation-error', 'validationError'],
  ['something-new', 'providerError'],
] as const)('Result %s leaves by %s', (Result, exit) => {
  expect(capturePayments.resume?.(visit(capturePayments), continued({ Result }))).toEqual({
    kind: 'exit',
    exit,
    output: { Result },
  })
})

test('a caller who is gone leaves by hangup', () => {
  expect(capturePayments.resume?.(visit(capturePayments, {}, { execution: HUNG_UP }), continued())).toMatchObject({
    exit: 'hangup',
  })
})

test('any other event does not concern it', () => {
  expect(capturePayments.resume?.(visit(capturePayments), { type: 'time-ran-out' })).toBeUndefined()
})

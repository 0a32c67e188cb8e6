import { expect, test } from 'vitest'
import type { Person } from '../../../src/simulator/people/person.ts'
import { MUSIC } from '../support/app.ts'
import { askedFor, type Exchange, openExchange, problemsOf, saidIn, twiml } from '../support/phone.ts'

const VISA = '4111111111111111'
const AMEX = '378282246310005'

/** Presses one entry after another; `…` is silence. */
async function enter(caller: Person, entries: readonly string[]): Promise<void> {
  for (const entry of entries) await (entry === '…' ? caller.beSilent() : caller.press(entry))
}

async function pay(attributes: string, entries: readonly string[], prepare = (_: Exchange) => {}, children = '') {
  const exchange = await openExchange({
    '/voice': twiml(`<Pay action="/paid" ${attributes}>${children}</Pay>`),
    '/paid': twiml(),
    '/step': { status: 204 },
    '/a.mp3': MUSIC,
  })
  prepare(exchange)
  const caller = await exchange.call()
  await enter(caller, entries)
  await exchange.end(caller.leg)
  return { exchange, paid: askedFor(exchange.app, '/paid') }
}

test('A card is taken step by step and made a token', async () => {
  const { exchange, paid } = await pay('tokenType="one-time"', [VISA, '0528', '123', '94105#'])

  expect(paid).toMatchObject([
    {
      Result: 'success',
      PaymentMethod: 'credit-card',
      PaymentToken: expect.stringMatching(/^tok_/),
      PaymentCardNumber: 'xxxx-xxxx-xxxx-1111',
      PaymentCardType: 'visa',
      ExpirationDate: '0528',
      SecurityCode: '***',
      PaymentCardPostalCode: '94105',
      CallStatus: 'in-progress',
    },
  ])
  expect(paid[0]).not.toHaveProperty('PaymentConfirmationCode')
  expect(saidIn(exchange)).toHaveLength(5)
  expect(problemsOf(exchange)).toEqual([12200]) // no https
})

test('A charge has a confirmation code, an American Express card four digits behind it', async () => {
  const { paid } = await pay('chargeAmount="9.99" postalCode="94105"', [AMEX, '0528', '1234'], ({ network }) => {
    network.plans.payments.set('Default', { kind: 'accepted', confirmationCode: 'ch_1' })
  })

  expect(paid).toMatchObject([
    {
      Result: 'success',
      PaymentConfirmationCode: 'ch_1',
      PaymentCardNumber: 'xxxx-xxxxxx-x0005',
      PaymentCardType: 'amex',
      SecurityCode: '****',
      PaymentCardPostalCode: '94105',
    },
  ])
  expect(paid[0]).not.toHaveProperty('PaymentToken')
})

test('A bank account is taken by its two numbers', async () => {
  const { paid } = await pay('paymentMethod="ach-debit"', ['110000000', '000123456789#'])

  expect(paid).toMatchObject([
    {
      Result: 'success',
      PaymentMethod: 'ach-debit',
      BankAccountType: 'consumer-checking',
      BankRoutingNumber: '110000000',
      BankAccountNumber: '**********89',
    },
  ])
})

test.each([
  ['the check digit', 'validCardTypes="visa"', '4111111111111112', 'This card number is not valid.'],
  ['the kind of card', 'validCardTypes="visa"', AMEX, 'This kind of card is not accepted.'],
  ['nothing', '', '…', 'Nothing was entered.'],
])('What is wrong with %s is said, and asked again', async (_what, attributes, entry, words) => {
  const entries = [entry, VISA, '0528', '123', '1#']
  const { exchange, paid } = await pay(`maxAttempts="2" ${attributes}`, entries)

  expect(saidIn(exchange)[1]).toContain(words)
  expect(paid).toMatchObject([{ Result: 'success' }])
})

test.each([
  ['a card number', '', ['4111111111111112']],
  ['a date of the past', '', [VISA, '1225']],
  ['a month that is none', '', [VISA, '1328']],
  ['a short security code', '', [VISA, '0528', '12#']],
  ['a short postal code', 'minPostalCodeLength="5"', [VISA, '0528', '123', '941#']],
  ['a routing number', 'paymentMethod="ach-debit"', ['110000001']],
  ['a short account number', 'paymentMethod="ach-debit"', ['110000000', '12#']],
])('After the last attempt at %s it is too many', async (_what, attributes, entries) => {
  const { paid } = await pay(attributes, entries)

  expect(paid).toMatchObject([{ Result: 'too-many-failed-attempts' }])
})

test.each([
  ['declined', { kind: 'declined', error: 'Do not honor', errorCode: '64012' }, 'payment-connector-error'],
  ['out of order', { kind: 'internal-error' }, 'internal-error'],
] as const)('A connector may be %s', async (_how, plan, result) => {
  const { paid } = await pay(
    'paymentConnector="Stripe" securityCode="false" postalCode="false"',
    [VISA, '0528'],
    ({ network }) => network.plans.payments.set('Stripe', plan),
  )

  expect(paid).toMatchObject([{ Result: result, PayErrorCode: expect.stringMatching(/^640/) }])
  expect(paid[0]).not.toHaveProperty('PaymentToken')
})

test('A star ends it', async () => {
  const { paid } = await pay('', ['4111', '*'])

  expect(paid).toMatchObject([{ Result: 'caller-interrupted-with-star', PaymentCardNumber: 'xxxx' }])
})

test('An amount that is none is a validation error', async () => {
  const { paid } = await pay('chargeAmount="a lot"', [])

  expect(paid).toMatchObject([{ Result: 'validation-error' }])
})

test('The Prompt that fits the error and the attempt best is heard', async () => {
  const prompts = [
    '<Prompt for="payment-card-number"><Say>Card.</Say></Prompt>',
    '<Prompt for="payment-card-number" attempt="2 3"><Say>Card again.</Say></Prompt>',
    '<Prompt for="payment-card-number" errorType="timeout"><Say>Are you there?</Say></Prompt>',
    '<Prompt for="security-code" cardType="visa"><Say>Three digits.</Say><Play>/a.mp3</Play></Prompt>',
    '<Prompt for="payment-processing"><Say>One moment.</Say></Prompt>',
  ]
  const { exchange } = await pay(
    'maxAttempts="3" postalCode="false"',
    ['…', '4111111111111112', VISA, '0528', '123'],
    undefined,
    prompts.join(''),
  )

  expect(saidIn(exchange)).toEqual([
    'Card.',
    'Are you there?',
    'Card again.',
    expect.stringContaining('expiration date'),
    'Three digits.',
    'One moment.',
  ])
})

test('A bank account number may have to be typed twice', async () => {
  const prompt = '<Prompt for="bank-account-number" requireMatchingInputs="true"><Say>Account number.</Say></Prompt>'
  const entries = ['110000000', '12345678#', '12345679#', '12345678#', '12345678#']
  const { exchange, paid } = await pay('paymentMethod="ach-debit" maxAttempts="2"', entries, undefined, prompt)

  expect(saidIn(exchange).filter((text) => text === 'Account number.')).toHaveLength(4)
  expect(paid).toMatchObject([{ Result: 'success', BankAccountNumber: '******78' }])
})

test('The status callback is told of every step, and never of a number in the clear', async () => {
  const { exchange } = await pay('statusCallback="/step" postalCode="false" maxAttempts="2"', [
    VISA,
    '9',
    '…',
    '0528',
    '123',
  ])

  const steps = askedFor(exchange.app, '/step')
  expect([...new Set(steps.map(({ For }) => For))]).toEqual([
    'payment-card-number',
    'expiration-date',
    'security-code',
    'payment-processing',
  ])
  expect(steps[0]).toMatchObject({
    Attempt: '1',
    ErrorType: '',
    Required: 'payment-card-number,expiration-date,security-code',
  })
  expect(steps.find(({ Attempt }) => Attempt === '2')).toMatchObject({
    For: 'expiration-date',
    ErrorType: 'invalid-date',
  })
  expect(steps.at(-1)).toMatchObject({ Required: '', PaymentCardNumber: 'xxxx-xxxx-xxxx-1111', SecurityCode: '***' })
  expect(JSON.stringify(steps)).not.toContain('41111')
})

test('A caller who hangs up is told of with what they had typed', async () => {
  const exchange = await openExchange({ '/voice': twiml('<Pay action="/paid"/>'), '/paid': twiml('<Say>Hello?</Say>') })
  const caller = await exchange.call()
  await enter(caller, [VISA])
  await caller.hangUp()

  expect(askedFor(exchange.app, '/paid')).toMatchObject([
    { Result: 'caller-hung-up', CallStatus: 'completed', PaymentCardNumber: 'xxxx-xxxx-xxxx-1111' },
  ])
  expect(saidIn(exchange)).not.toContain('Hello?')
})

test('An action without https on another machine is refused, and the verb left out', async () => {
  const exchange = await openExchange({
    '/voice': twiml('<Pay action="http://shop.example.com/paid"/>', '<Say>Next.</Say>'),
  })
  await exchange.end((await exchange.call()).leg)

  expect(exchange.happenings).toContainEqual(
    expect.objectContaining({ problem: expect.objectContaining({ code: 64016, level: 'error' }) }),
  )
  expect(saidIn(exchange)).toEqual(['Next.'])
})

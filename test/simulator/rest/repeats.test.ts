import { expect, test } from 'vitest'
import { carrierWith } from '../support/carrier.ts'
import { ACCOUNT, OWN, PERSON } from '../support/net.ts'

const MESSAGES = `${ACCOUNT}/Messages.json`
const form = { From: OWN, To: PERSON, Body: 'once' }

test('a message that is posted twice under one token goes out once, and both are told the same', async () => {
  const { raw, network } = await carrierWith()

  const first = await raw('POST', MESSAGES, { form, token: 't1' })
  const again = await raw('POST', MESSAGES, { form, token: 't1' })

  expect(again).toMatchObject({ status: 201, contentType: first.contentType, body: first.body })
  expect(network.messages.inbox(PERSON)).toHaveLength(1)
})

test('a message without a token, or under another one, is another message', async () => {
  const { raw, network } = await carrierWith()

  for (const token of ['t1', 't2', undefined, undefined]) await raw('POST', MESSAGES, { form, ...(token && { token }) })

  expect(network.messages.inbox(PERSON)).toHaveLength(4)
})

test('a token of one resource says nothing of another', async () => {
  const { raw, network } = await carrierWith()

  await raw('POST', MESSAGES, { form, token: 't1' })
  const call = { From: OWN, To: PERSON, Twiml: '<Response/>' }

  expect(await raw('POST', `${ACCOUNT}/Calls.json`, { form: call, token: 't1' })).toMatchObject({ status: 201 })
  expect(network.legs()).toHaveLength(1)
})

test('what was refused can be asked for again under the same token', async () => {
  const { raw } = await carrierWith()

  expect(await raw('POST', MESSAGES, { form: { ...form, To: '' }, token: 't1' })).toMatchObject({ status: 400 })
  expect(await raw('POST', MESSAGES, { form, token: 't1' })).toMatchObject({ status: 201 })
})

test('a token opens nothing to strangers', async () => {
  const { raw } = await carrierWith()

  await raw('POST', MESSAGES, { form, token: 't1' })

  expect(await raw('POST', MESSAGES, { form, token: 't1', as: `${ACCOUNT}:guessed` })).toMatchObject({ status: 401 })
})

test('the newest thousand answers are remembered', async () => {
  const { network } = await carrierWith()
  const answer = (name: string, body: string) =>
    network.answers.once(name, () => ({ status: 201, contentType: 'application/json', body })).body

  for (let index = 0; index <= 1_000; index += 1) answer(`t${index}`, 'first')

  expect(answer('t1', 'again')).toBe('first')
  expect(answer('t0', 'again')).toBe('again')
})

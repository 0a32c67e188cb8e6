import { expect, test } from 'vitest'
import type { Outside } from '../../src/runtime/perform.ts'
import { trialAddress, trialAt, trialDigits, trialNumber } from '../../src/runtime/trial-address.ts'
import { waysOf } from '../../src/runtime/ways.ts'
import { channelThat } from '../support/channel.ts'

const KEY = '01234567'

test.each([
  [trialNumber(KEY), KEY],
  [trialAddress(KEY, 'whatsapp:+15550001'), KEY],
  [`CH${trialDigits(KEY)}0123456789ab`, KEY],
  ['+15550001000', undefined],
  ['+999012345', undefined],
  ['whatsapp:+15550001000', undefined],
  [`CH${'0'.repeat(32)}`, '00000000'],
  [`CH${'1'.repeat(32)}`, undefined],
  [`MG${'0'.repeat(32)}`, undefined],
  ['', undefined],
])('the address %s belongs to the trial %s', (address, key) => {
  expect(trialAt(address)).toBe(key)
})

const [own, carrier, patient] = [channelThat(), channelThat(), channelThat()]
const outside: Outside = {
  httpRequest: async () => ({ ok: false, reason: 'network', message: 'asked' }),
  channel: carrier,
  patient,
  trial: (address) => (trialAt(address) === undefined ? undefined : own),
}

test('what a trial asks of a carrier goes its own way, whether or not a webhook waits', () => {
  expect(waysOf(outside, { address: trialNumber(KEY) }, undefined).channel).toBe(own)
  expect(waysOf(outside, { address: '+15550001000' }, undefined).channel).toBe(patient)
})

test('a trial asks web services, but nothing in the name of the account', async () => {
  const { httpRequest } = waysOf(outside, { address: trialNumber(KEY) }, undefined)
  const request = { type: 'http-request', method: 'GET', url: 'https://api.twilio.com' } as const

  expect(await httpRequest(request, 'x')).toMatchObject({ message: 'asked' })
  expect(await httpRequest({ ...request, authenticate: true }, 'x')).toMatchObject({ reason: 'refused-address' })
})

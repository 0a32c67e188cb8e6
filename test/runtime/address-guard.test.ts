import { describe, expect, test } from 'vitest'
import { addressGuard } from '../../src/runtime/performers/address-guard.ts'

const PRIVATE = [
  '127.0.0.1',
  '127.255.255.254',
  '0.0.0.0',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '168.63.129.16',
  '::ffff:168.63.129.16',
  '100.64.0.1',
  '100.100.100.200',
  '192.0.0.192',
  '198.18.0.1',
  '192.0.2.1',
  '203.0.113.7',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::7f00:1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:0:127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::169.254.169.254',
  '64:ff9b:1::1',
  '2002:7f00:1::',
  '2001::1',
  '2001:db8::1',
  'fd00::1',
  'fd00:ec2::254',
  'fc00::1',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '100::1',
  '4000::1',
]

const PUBLIC = [
  '8.8.8.8',
  '1.1.1.1',
  '172.32.0.1',
  '168.63.129.17',
  '100.128.0.1',
  '2606:4700::1111',
  '2a00:1450::1',
  '::ffff:8.8.8.8',
]

describe('by default only public addresses are admitted', () => {
  const admits = addressGuard(false)
  test.each(PRIVATE)('%s is refused', (address) => expect(admits(address, address)).toBe(false))
  test.each(PUBLIC)('%s is admitted', (address) => expect(admits(address, address)).toBe(true))
  test.each(['', 'localhost', '127.1', '0x7f000001', '2130706433', '1.2.3'])('%j is no address', (text) =>
    expect(admits(text, text)).toBe(false),
  )
})

test('everything is admitted where everything is allowed', () => {
  const admits = addressGuard(true)
  expect([...PRIVATE, ...PUBLIC].every((address) => admits(address, address))).toBe(true)
})

describe('a list allows what it names and nothing else', () => {
  const admits = addressGuard(['10.0.0.0/8', '127.0.0.1', 'fd12::/16', '::1', 'Functions.internal', 'bad/entry'])
  const rows: readonly (readonly [address: string, host: string, admitted: boolean])[] = [
    ['10.200.0.1', '10.200.0.1', true],
    ['::ffff:10.200.0.1', 'somewhere.example', true],
    ['11.0.0.1', 'public.example', true],
    ['127.0.0.1', 'localhost', true],
    ['127.0.0.2', 'localhost', false],
    ['fd12:3::4', 'six.example', true],
    ['fd13::4', 'six.example', false],
    ['::1', '::1', true],
    ['192.168.7.7', 'functions.internal', true],
    ['192.168.7.7', 'FUNCTIONS.INTERNAL.', true],
    ['192.168.7.7', 'evil.functions.internal', false],
    ['169.254.169.254', 'bad', false],
  ]
  test.each(rows)('%s for %s: %s', (address, host, admitted) => expect(admits(address, host)).toBe(admitted))
})

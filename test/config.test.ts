import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { functionLimitsOf, InvalidSettings, readConfig, secretsOf } from '../src/config.ts'
import { folderOf } from './support/server.ts'

test('without settings it is development mode on loopback with a simulated carrier', () => {
  const config = readConfig({}, '/srv/phone')

  expect(config).toMatchObject({
    PORT: 3000,
    HOST: '127.0.0.1',
    development: true,
    CARRIER: 'simulated',
    FLOWS_DIR: '/srv/phone/flows',
    DATABASE_URL: 'sqlite:/srv/phone/data/trunkline.db',
  })
  expect(config.TWILIO_ACCOUNT_SID).toBe(`AC${'0'.repeat(32)}`)
  expect(config.TWILIO_AUTH_TOKEN).toEqual(['dev'])
})

test('one message names every wrong setting and what was expected, and hides secrets', () => {
  const read = () =>
    readConfig(
      {
        PORT: 'http',
        TEMPLATE_TIMEZONE: 'Mars/Base',
        TWILIO_ACCOUNT_SID: 'AC12',
        TWILIO_API_SECRET_FILE: '/no/such/file',
      },
      '.',
    )

  expect(read).toThrow(InvalidSettings)
  expect(read).toThrow(/PORT is "http"; expected: a whole number/)
  expect(read).toThrow(/TEMPLATE_TIMEZONE is "Mars\/Base"; expected: a time zone/)
  expect(read).toThrow(/TWILIO_ACCOUNT_SID is "AC12"; expected: AC and 32 hexadecimal digits/)
  expect(read).toThrow(/TWILIO_API_SECRET_FILE names "\/no\/such\/file"/)
})

test.each([
  ['PUBLIC_URL', 'ftp://x', 'a URL of http or https'],
  ['CARRIER', 'pigeon', 'one of twilio, simulated'],
  ['EXECUTION_RETENTION_DAYS', '0', 'at least 1'],
  ['PORT', '70000', 'at most 65535'],
  ['LOG_PRETTY', 'maybe', 'one of 0, 1, on, off, true, false'],
  ['PUBLIC_URL', 'https://phone.example/?a=1', 'a URL of http or https, without ? and #'],
  ['PUBLIC_URL', 'https:phone.example', 'a URL of http or https'],
  ['TWILIO_API_URL', 'https://carrier.example/#api', 'a URL of http or https, without ? and #'],
  ['TRUST_PROXY', 'proxy.local', 'on, off, or addresses and networks'],
  ['TRUST_PROXY', '10.0.0.0/99', 'on, off, or addresses and networks'],
  ['HTTP_ALLOW_PRIVATE', '10.0.0.0/33', 'on, off, or hosts and networks'],
  ['HTTP_ALLOW_PRIVATE', 'http://crm.local', 'on, off, or hosts and networks'],
  ['HTTP_ALLOW_PRIVATE', 'crm.local:8080', 'on, off, or hosts and networks'],
])('what was expected of %s=%s is said in words: %s', (name, value, words) => {
  expect(() => readConfig({ [name]: value }, '.')).toThrow(`${name} is "${value}"; expected: ${words}`)
})

test('what was expected of a list of tokens that has none is said in words, too', () => {
  const read = () => readConfig({ TWILIO_AUTH_TOKEN: ',' }, '.')
  expect(read).toThrow('TWILIO_AUTH_TOKEN is set to something hidden; expected: a token, or several')
})

test.each([
  ['TRUST_PROXY', 'loopback,10.0.0.0/8,fd00::/8,192.0.2.1'],
  ['HTTP_ALLOW_PRIVATE', 'crm.local,10.0.0.0/8,::1,fd00::/8,my_host,localhost'],
])('%s takes %s', (name, text) => {
  expect(readConfig({ [name]: text }, '.')).toMatchObject({ [name]: text.split(',') })
})

test('an address that others can reach is told of beside the other wrong settings', () => {
  const read = () => readConfig({ HOST: '0.0.0.0', PORT: 'http' }, '.')
  expect(read).toThrow(/PORT is "http"; expected: a whole number/)
  expect(read).toThrow(/HOST is 0\.0\.0\.0, which others can reach/)
})

test.each([
  'postgres://trunkline:p%40ss@db.example:5432/trunkline?sslmode=require',
  'postgresql://trunkline:p%40ss@db.example/trunkline',
])('the database may be on a server, and its password is a secret: %s', (url) => {
  const config = readConfig({ DATABASE_URL: url }, '/srv')
  expect(config.DATABASE_URL).toBe(url)
  expect(secretsOf(config)).toContain('p@ss')
})

test.each(['postgress://u:p@ss/word@db.example/x', 'postgres://', 'mysql://u:p@ss/word@db.example/x', 'data.db'])(
  'a database that there is not is refused, and its password hidden: %s',
  (url) => {
    const read = () => readConfig({ DATABASE_URL: url }, '.')
    expect(read).toThrow(/DATABASE_URL is ".*"; expected: sqlite:PATH, or postgres:/)
    expect(read).not.toThrow(/word/)
  },
)

test('a secret may lie in a file', () => {
  const folder = folderOf({})
  writeFileSync(join(folder, 'token'), 'one,two\n')

  expect(readConfig({ TWILIO_AUTH_TOKEN_FILE: join(folder, 'token') }, folder).TWILIO_AUTH_TOKEN).toEqual([
    'one',
    'two',
  ])
})

test('an address that others can reach needs credentials', () => {
  expect(() => readConfig({ HOST: '0.0.0.0' }, '.')).toThrow(/HOST is 0\.0\.0\.0, which others can reach/)
  expect(
    readConfig({ HOST: '0.0.0.0', TWILIO_AUTH_TOKEN: 't', TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}` }, '.').development,
  ).toBe(false)
})

test.each([
  ['on', true],
  ['off', false],
  ['10.0.0.0/8, crm.local', ['10.0.0.0/8', 'crm.local']],
])('HTTP_ALLOW_PRIVATE=%s is %j', (text, meant) => {
  expect(readConfig({ HTTP_ALLOW_PRIVATE: text }, '.').HTTP_ALLOW_PRIVATE).toEqual(meant)
})

test('functions have the limits of Twilio until they are given others', () => {
  const own = {
    FUNCTION_TIMEOUT_SECONDS: '3',
    FUNCTIONS_AT_ONCE: '2',
    FUNCTION_MEMORY_MB: '64',
    FUNCTION_ANSWER_BYTES: '1000',
  }

  expect(functionLimitsOf(readConfig({}, '/srv/phone'))).toEqual({
    timeoutMs: 10_000,
    atOnce: 30,
    memoryMb: 256,
    answerBytes: 4 * 1024 * 1024,
  })
  expect(functionLimitsOf(readConfig(own, '/srv/phone'))).toEqual({
    timeoutMs: 3_000,
    atOnce: 2,
    memoryMb: 64,
    answerBytes: 1_000,
  })
})

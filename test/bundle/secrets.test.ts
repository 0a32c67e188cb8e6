import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withoutSecrets } from '../../src/bundle/secrets.ts'

test.each([
  ['a password', { sip_auth_password: 'hunter2' }, { sip_auth_password: 'left-out' }],
  ['a template of one', { sip_auth_password: '{{flow.data.pw}}' }, { sip_auth_password: '{{flow.data.pw}}' }],
  ['a header', { headers: { Authorization: 'Basic x' } }, { headers: { Authorization: 'left-out' } }],
  ['a key in a header', { 'X-Api-Key': 'k', 'X-Auth-Key': 'k' }, { 'X-Api-Key': 'left-out', 'X-Auth-Key': 'left-out' }],
  [
    'a key in a pair',
    [{ key: 'Ocp-Apim-Subscription-Key', value: 'k' }],
    [{ key: 'Ocp-Apim-Subscription-Key', value: 'left-out' }],
  ],
  ['a pair', [{ key: 'api_key', value: 'k' }], [{ key: 'api_key', value: 'left-out' }]],
  ['a pair of something else', [{ key: 'color', value: 'red' }], [{ key: 'color', value: 'red' }]],
  ['a user in a URL', 'see https://me:pw@shop.example/a?b=1', 'see https://left-out@shop.example/a?b=1'],
  ['a parameter', 'https://a.example/?x=1&access_token=abc&y=2', 'https://a.example/?x=1&access_token=left-out&y=2'],
  ['a form', 'token=abc&name=Ada', 'token=left-out&name=Ada'],
  ['JSON in a text', '{"token": "a\\"b", "name": "Ada"}', '{"token": "left-out", "name": "Ada"}'],
  ['credentials in a text', 'Authorization: Bearer abcdefgh12345678', 'Authorization: Bearer left-out'],
  ['an address', 'mail ada@shop.example, https://a.example/@ada', 'mail ada@shop.example, https://a.example/@ada'],
  ['ordinary words', 'Basic information about the token', 'Basic information about the token'],
  ['what is known', { Body: 'it is 0123456789abcdef!' }, { Body: 'it is left-out!' }],
])('%s is told without secrets', (_what, value, told) => {
  expect(withoutSecrets(value, ['0123456789abcdef', 'dev'])).toEqual(told)
})

test('no known secret is in what is told, whatever it is', () => {
  fc.assert(
    fc.property(fc.json(), fc.string({ minLength: 8 }), (json, secret) => {
      const told = JSON.stringify(withoutSecrets({ json, other: `${secret} ${json}` }, [secret]))
      expect(told.includes(JSON.stringify(secret).slice(1, -1)) && !'left-out'.includes(secret)).toBe(false)
    }),
  )
})

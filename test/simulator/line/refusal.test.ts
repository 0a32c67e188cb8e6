import { expect, test } from 'vitest'
import { refusalOf } from '../../../src/simulator/line/refusal.ts'

test.each([
  ['ECONNREFUSED', 11205, 'ct'],
  ['ECONNRESET', 11205, 'ct'],
  ['UND_ERR_CONNECT_TIMEOUT', 11205, 'ct'],
  ['UND_ERR_SOCKET', 11205, 'ct'],
  ['ENOTFOUND', 11210, 'ct'],
  ['EAI_AGAIN', 11210, 'ct'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 11220, 'ct'],
  ['EPROTO', 11220, 'ct'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 11235, 'ct'],
  ['CERT_HAS_EXPIRED', 11236, 'ct'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 11237, 'ct'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 11237, 'ct'],
  ['HPE_INVALID_CONSTANT', 11206, 'rt'],
  ['UND_ERR_HEADERS_OVERFLOW', 11206, 'rt'],
])('%s is told under %i and tried again as %s', (code, told, failure) => {
  const error = Object.assign(new Error('for a reason'), { code })
  expect(refusalOf(error, 'https://a.example/')).toEqual({
    problem: {
      code: told,
      level: 'error',
      message: expect.stringMatching(/^https:\/\/a\.example\/ .*: for a reason$/),
    },
    failure,
  })
})

test('time that is up is told as no answer', () => {
  expect(refusalOf(new DOMException('late', 'TimeoutError'), 'https://a.example/')).toMatchObject({
    problem: { code: 11200 },
    failure: 'rt',
  })
})

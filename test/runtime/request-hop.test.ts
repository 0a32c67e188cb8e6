import { describe, expect, test } from 'vitest'
import { type Hop, nextHop, wireRequest } from '../../src/runtime/performers/request-hop.ts'

describe('what a redirect may carry along', () => {
  const rows: readonly (readonly [from: string, to: string, authorization: boolean, signs: boolean])[] = [
    ['https://a.example/x', 'https://a.example/y', true, true],
    ['https://a.example/x', 'https://a.example:443/y', true, true],
    ['http://a.example/x', 'https://a.example/x', false, true],
    ['https://a.example/x', 'http://a.example/x', false, false],
    ['http://a.example:8080/x', 'https://a.example/x', false, false],
    ['http://a.example/x', 'https://a.example:8443/x', false, false],
    ['https://a.example/x', 'https://b.example/x', false, false],
    ['https://a.example/x', 'https://a.example.b.example/x', false, false],
  ]
  test.each(rows)('from %s to %s: credentials %s, signature %s', (from, to, authorization, signs) => {
    const next = nextHop(hop(from), 302, new URL(to))
    expect([next.authorization !== undefined, next.signs]).toEqual([authorization, signs])
  })

  test('what was lost on the way does not come back', () => {
    const away = nextHop(hop('https://a.example/x'), 302, new URL('https://b.example/'))
    expect(nextHop(away, 302, new URL('https://a.example/x'))).toMatchObject({ authorization: undefined, signs: false })
  })
})

test('user info is signed but not asked for', () => {
  const { url, headers } = wireRequest(hop('https://me:secret@a.example/x'), '12345')
  expect(url.href).toBe('https://a.example/x')
  expect(headers['x-twilio-signature']).not.toBe(
    wireRequest(hop('https://a.example/x'), '12345').headers['x-twilio-signature'],
  )
})

function hop(url: string): Hop {
  return { method: 'GET', url: new URL(url), authorization: 'Basic eDp5', signs: true }
}

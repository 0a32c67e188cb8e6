import fc from 'fast-check'
import { expect, test } from 'vitest'
import { projectFolder, servingFolder } from '../support/project.ts'
import { asking } from '../support/raw-request.ts'

const SECRET = 'nobody-may-see-this'
const FILES = {
  'functions/open.js': SECRET,
  'functions/signed.protected.js': SECRET,
  'functions/hidden.private.js': SECRET,
  'functions/lib/helper.cjs': SECRET,
  'assets/page.html': 'seen',
  'assets/signed.protected.txt': SECRET,
  'assets/hidden.private.txt': SECRET,
  'assets/music/hold.mp3': 'seen',
  '.env': SECRET,
  'package.json': SECRET,
}

const piece = fc.oneof(
  fc.constantFrom(
    'open',
    'signed',
    'hidden',
    'signed.txt',
    'hidden.txt',
    'page.html',
    'music',
    'hold.mp3',
    'functions',
  ),
  fc.constantFrom('assets', 'open.js', 'signed.protected.txt', 'hidden.private.txt', '.env', 'package.json', 'lib'),
  fc.constantFrom(
    '..',
    '.',
    '%2e%2e',
    '%252e%252e',
    '%2f',
    '%5c',
    '\\',
    '%00',
    '%',
    '%zz',
    '',
    '~',
    '%c0%ae',
    '*',
    ':x',
  ),
  fc.string({ maxLength: 8 }).map(encodeURIComponent),
)
const headers = fc.dictionary(
  fc.constantFrom('range', 'if-none-match', 'if-match', 'if-modified-since', 'cookie', 'x-twilio-signature', 'accept'),
  fc.oneof(
    fc.constantFrom('bytes=0-1', 'bytes=9-', 'bytes=-', 'bytes=0-0,2-3', '*', '""', 'a=b;;=;a', 'never', '%'),
    fc.string({ maxLength: 20 }).map((text) => text.replace(/[^\x20-\x7e]/g, '')),
  ),
)
const types = fc.constantFrom(
  ...[
    'application/x-www-form-urlencoded',
    'application/json',
    'text/plain',
    'multipart/form-data; boundary=x',
    '',
    'x',
  ],
)
const request = fc.record({
  method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'),
  path: fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => `/${pieces.join('/')}`),
  query: fc.oneof(
    fc.constantFrom('', '?', '?a=1&a=2&__proto__=x', '?%zz', '?bodySHA256=0'),
    fc.string({ maxLength: 8 }).map((text) => `?${encodeURIComponent(text)}`),
  ),
  headers,
  type: types,
  payload: fc.oneof(fc.constantFrom('', '{', '[]', '{"__proto__":1}', 'a=%&b', 'null'), fc.string({ maxLength: 20 })),
})

test('whatever is asked for is answered, and what is not public stays unseen', async () => {
  const ask = await asking(await servingFolder(projectFolder(FILES)))
  await fc.assert(
    fc.asyncProperty(request, async ({ method, path, query, headers, type, payload }) => {
      const hasBody = method !== 'GET' && method !== 'HEAD'
      const { status, body } = await ask({
        method,
        path: path + query,
        headers: hasBody ? { ...headers, 'content-type': type } : headers,
        ...(hasBody && { body: payload }),
      })
      expect(status).toBeLessThan(500)
      expect(body).not.toContain(SECRET)
    }),
    { numRuns: 1_500 },
  )
})

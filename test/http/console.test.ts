import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { NONCE_PLACE } from '../../src/http/console.ts'
import { serving } from '../support/server.ts'

test('the page is not kept by the browser, and may run no script but ours', async () => {
  const { server } = await serving({}, {}, { consoleFolder: built() })
  const { headers, body } = await server.inject('/')
  expect(headers['content-type']).toBe('text/html; charset=utf-8')
  expect(headers['cache-control']).toBe('no-cache')
  expect(headers['content-security-policy']).toContain(
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-",
  )
  const [, nonce] = /'nonce-([^']+)'/.exec(String(headers['content-security-policy'])) ?? []
  expect(body).toBe(`<style nonce="${nonce}">`)
})

test('the page is refused by name for whatever it cannot be asked by', async () => {
  const { server } = await serving({}, {}, { consoleFolder: built() })
  const answer = await server.inject({ method: 'POST', url: '/', payload: '' })
  expect(answer.json()).toMatchObject({ status: 405, code: 20004 })
  expect(answer.headers.allow).toBe('GET, HEAD')
})

test('each answer has a nonce of its own', async () => {
  const { server } = await serving({}, {}, { consoleFolder: built() })
  const [one, other] = [await server.inject('/'), await server.inject('/')]
  expect(one.body).not.toBe(other.body)
})

test('what the page is made of is kept for good, and packed for whoever can unpack it', async () => {
  const { server } = await serving({}, {}, { consoleFolder: built() })
  const plain = await server.inject('/console/assets/index-1a2b.js')
  expect(plain.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  })
  const packed = await server.inject({
    url: '/console/assets/index-1a2b.js',
    headers: { 'accept-encoding': 'br, gzip' },
  })
  expect(packed.headers['content-encoding']).toBe('gzip')
  expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body)
})

test.each(['..%2Findex.html', '%2e%2e%2fsecret.js', '.env.js', 'index.html', 'other.js'])(
  'nothing but what was built is served: %s',
  async (file) => {
    const { server } = await serving({}, {}, { consoleFolder: built() })
    expect((await server.inject(`/console/assets/${file}`)).statusCode).toBe(404)
  },
)

test('without a build the page says how to make one', async () => {
  const { server } = await serving({}, {}, { consoleFolder: mkdtempSync(join(tmpdir(), 'trunkline-console-')) })
  const { statusCode, body } = await server.inject('/')
  expect(statusCode).toBe(200)
  expect(body).toContain('npm run build')
})

test('a page that the project has at / stays there, and the console is at /console', async () => {
  const assets = mkdtempSync(join(tmpdir(), 'trunkline-assets-'))
  mkdirSync(join(assets, 'assets'))
  writeFileSync(join(assets, 'assets/index.html'), 'my own page')
  const { server } = await serving({}, { ASSETS_DIR: assets }, { consoleFolder: built() })
  expect((await server.inject('/')).body).toBe('my own page')
  expect((await server.inject('/console')).body).toContain('<style nonce=')
})

/** A folder as the build leaves it, with a secret beside it. */
function built(): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'trunkline-console-')), 'console')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'index.html'), `<style nonce="${NONCE_PLACE}">`)
  writeFileSync(join(folder, 'assets/index-1a2b.js'), 'go()')
  writeFileSync(join(folder, 'assets/.env.js'), 'secret')
  writeFileSync(join(folder, 'secret.js'), 'secret')
  return folder
}

import { createHash, randomBytes } from 'node:crypto'

/** The header for the name and password that an URL carries; nothing where it carries none (twiml.md 1.4). */
export function basic(url: URL): string | undefined {
  if (url.username === '') return undefined
  const { name, password } = credentials(url)
  return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`
}

/** The header that answers a server's challenge by digest; nothing where there is nothing to answer with. */
export function digest(url: URL, method: string, challenge: string): string | undefined {
  if (url.username === '' || !/^digest\s/i.test(challenge)) return undefined
  const { realm = '', nonce = '', opaque, qop, algorithm = 'MD5' } = partsOf(challenge)
  const { name, password } = credentials(url)
  const uri = url.pathname + url.search
  const hash = hashOf(algorithm)
  const secret = hash(`${name}:${realm}:${password}`)
  const [counter, own] = ['00000001', randomBytes(8).toString('hex')]
  const protectedBy = qop === undefined ? nonce : `${nonce}:${counter}:${own}:auth`
  const response = hash(`${secret}:${protectedBy}:${hash(`${method}:${uri}`)}`)
  const quoted = { username: name, realm, nonce, uri, response, ...(opaque && { opaque }) }
  return `Digest ${Object.entries(quoted)
    .map(([key, value]) => `${key}="${value}"`)
    .join(', ')}, algorithm=${algorithm}${qop === undefined ? '' : `, qop=auth, nc=${counter}, cnonce="${own}"`}`
}

function credentials({ username, password }: URL): { readonly name: string; readonly password: string } {
  return { name: decodeURIComponent(username), password: decodeURIComponent(password) }
}

function partsOf(challenge: string): Readonly<Record<string, string | undefined>> {
  const parts = challenge.matchAll(/([a-z]+)\s*=\s*(?:"([^"]*)"|([^\s,"]+))/gi)
  return Object.fromEntries([...parts].map(([, key = '', quoted, bare]) => [key.toLowerCase(), quoted ?? bare]))
}

function hashOf(algorithm: string): (text: string) => string {
  const name = /^sha-256/i.test(algorithm) ? 'sha256' : 'md5'
  return (text) => createHash(name).update(text).digest('hex')
}

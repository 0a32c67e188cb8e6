import { createHash, timingSafeEqual } from 'node:crypto'

/** `AC…` and an auth token, or `SK…` and the secret of an API key. */
export interface Credentials {
  readonly user: string
  readonly password: string
}

/** Whether a header of Basic authentication names known credentials; takes the same time wherever it differs. */
export function isKnown(authorization: string | undefined, known: readonly Credentials[]): boolean {
  const [, encoded] = /^Basic ([A-Za-z0-9+/=_-]+)$/i.exec(authorization?.trim() ?? '') ?? []
  if (encoded === undefined) return false
  const given = hashOf(Buffer.from(encoded, 'base64').toString('utf8'))
  const fits = known.map(({ user, password }) => timingSafeEqual(given, hashOf(`${user}:${password}`)))
  return fits.includes(true)
}

/** Hashes have one length, whatever was given. */
function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

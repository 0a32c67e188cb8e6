import { createHash, timingSafeEqual } from 'node:crypto'

/** `AC…` and an auth token, or `SK…` and the secret of an API key. */
export interface Credentials {
  readonly user: string
  readonly password: string
}

/** Whether a header of Basic authentication names known credentials. */
export function isKnown(authorization: string | undefined, known: readonly Credentials[]): boolean {
  const [, encoded] = /^Basic ([A-Za-z0-9+/=_-]+)$/i.exec(authorization?.trim() ?? '') ?? []
  return encoded !== undefined && isAmong(Buffer.from(encoded, 'base64').toString('utf8'), known)
}

/** Whether credentials are known. */
export function areKnown({ user, password }: Credentials, known: readonly Credentials[]): boolean {
  return isAmong(`${user}:${password}`, known)
}

/** Takes the same time wherever they differ. */
function isAmong(pair: string, known: readonly Credentials[]): boolean {
  const given = hashOf(pair)
  const fits = known.map(({ user, password }) => timingSafeEqual(given, hashOf(`${user}:${password}`)))
  return fits.includes(true)
}

/** Hashes have one length, whatever was given. */
function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

import { readFileSync } from 'node:fs'

/** The root of this package, for the files in it that are not code. It is one level up from `src/` and from the built `dist/` alike. */
export const OWN_PACKAGE = new URL('../', import.meta.url)

/** What its package.json says. */
export interface Manifest {
  readonly version: string
  readonly engines: { readonly node: string }
}

/** Reads its package.json. */
export function ownManifest(): Manifest {
  return JSON.parse(readFileSync(new URL('package.json', OWN_PACKAGE), 'utf8'))
}

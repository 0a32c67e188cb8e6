import { readFileSync } from 'node:fs'

/** The root of this package, where what is no code is found: our modules are right below it, in `src/`, or built in `dist/`. */
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

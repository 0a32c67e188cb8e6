import type { Resource, Visibility } from './resource.ts'

/** Where a file is served and to whom, or why it cannot be. */
export type Place = Pick<Resource, 'path' | 'visibility'> | { readonly problem: string }

/** What the name of a file, from its root on, says (functions-flex.md A1). */
export function placeOf(kind: Resource['kind'], name: string): Place {
  const [, mark = 'public'] = MARK.exec(name) ?? []
  const path = `/${name
    .replace(MARK, '')
    .replace(kind === 'function' ? SOURCE : '', '')
    .replace(/\s/g, '-')}`
  const problem = problemOf(path)
  return problem === undefined ? { path, visibility: mark as Visibility } : { problem } // MARK knows no other words
}

/** Whether a file below the functions root is a function; the others are there to be required. */
export function isFunction(name: string): boolean {
  return SOURCE.test(name) && !NO_FUNCTION.test(name)
}

/** `.cjs` and `.mjs` are no functions at Twilio either. */
const SOURCE = /\.(?:js|ts)$/
const NO_FUNCTION = /\.(?:d|test|spec)\.(?:js|ts)$/

/** Before the extension, or at the end where there is none. */
const MARK = /\.(protected|private)(?=(?:\.[^./]*)?$)/

const TOO_LONG = 256
const FORBIDDEN = /[#;,?:@+&$()'"]/

function problemOf(path: string): string | undefined {
  const [found] = FORBIDDEN.exec(path) ?? []
  if (found !== undefined)
    return `${JSON.stringify(found)} found in its path ${path}; none of # ; , ? : @ + & $ ( ) ' " may be in it`
  if (path.length < TOO_LONG) return undefined
  return `its path has ${path.length} characters; less than ${TOO_LONG} expected`
}

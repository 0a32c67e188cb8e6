import type { Located } from './scan.ts'

/** A value that is looked for in a JSON text. */
export interface Wanted {
  readonly text: string
  /** All of the text, scanned. */
  readonly root: Located
  readonly path: readonly PropertyKey[]
  /** A place within the value, which is a text then. */
  readonly offset: number | undefined
}

/** Where a value of a JSON text begins, or the nearest thing around it that exists; with an offset, the place in the text that it is. */
export function offsetAt({ text, root, path, offset }: Wanted): number {
  const { located, isExact } = find(root, path)
  return offset === undefined || !isExact ? located.offset : insideString(text, located.offset, offset)
}

function find(located: Located, [key, ...rest]: readonly PropertyKey[]): { located: Located; isExact: boolean } {
  if (key === undefined) return { located, isExact: true }
  const child = located.children.get(String(key))
  return child ? find(child, rest) : { located, isExact: false }
}

/** Where a character of the string that begins at `start` stands, its escapes counted as they are written. */
function insideString(text: string, start: number, offset: number): number {
  if (text[start] !== '"') return start
  let at = start + 1
  for (let left = offset; left > 0; left--) {
    CHARACTER.lastIndex = at
    if (!CHARACTER.test(text)) break // the string ends before
    at = CHARACTER.lastIndex
  }
  return at
}

/** One UTF-16 unit of a string, as JSON writes it. */
const CHARACTER = /\\u[\dA-Fa-f]{4}|\\[^u]|[^"\\]/y

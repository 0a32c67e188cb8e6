/** A text from outside as every database can hold and compare it: NUL and lone surrogates are escaped, and the backslash that escapes them. */
export function toColumn(text: string): string {
  return text.replace(/[\\\0\p{Cs}]/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The text that `toColumn` made a column of. */
export function fromColumn(column: string): string {
  return column.replace(/\\u([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

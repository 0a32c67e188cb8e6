const LONE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

/** Puts `?` for each half of a character, as Java does when it encodes text; a filter may have cut it in two. */
export function withoutHalves(text: string): string {
  return /[\uD800-\uDFFF]/.test(text) ? text.replace(LONE, '?') : text
}

/** Where an offset stands in a template, in words: by column, and by line too where there are several. */
export function templatePlace(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n')
  const column = `column ${(before.at(-1)?.length ?? 0) + 1}`
  return text.includes('\n') ? `line ${before.length}, ${column}` : column
}

/** A variable's path as a template writes it; a key that is worked out is shown as `…`. */
export function pathText(path: readonly (string | undefined)[]): string {
  return path
    .map((key, index) => {
      if (key === undefined) return '[…]'
      if (/^\d+$/.test(key)) return `[${key}]`
      if (!LIQUID_NAME.test(key)) return `["${key}"]`
      return index === 0 ? key : `.${key}`
    })
    .join('')
}

/** What may stand between the points of a path. */
export const LIQUID_NAME = /^(?!blank$)[A-Za-z_][\w-]*$/

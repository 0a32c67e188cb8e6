import type { SqlValue } from './sql.ts'

/** A piece of SQL, with `?` where its values go. */
export type Condition = readonly [text: string, ...values: readonly SqlValue[]]

/** A condition on values that are all known; none where one of them is left out. */
export function given(text: string, ...values: readonly (SqlValue | undefined)[]): readonly Condition[] {
  const known = values.filter((value) => value !== undefined)
  return known.length < values.length ? [] : [[text, ...known]]
}

/** Pieces as one, with something between them. */
export function joined(pieces: readonly Condition[], between: string): Condition {
  return [pieces.map(([text]) => text).join(between), ...pieces.flatMap(([, ...values]) => values)]
}

/** The same with the parameters that the database knows: `$1`, `$2`, …. */
export function numbered([text, ...values]: Condition): Condition {
  let count = 0
  return [text.replaceAll('?', () => `$${++count}`), ...values]
}

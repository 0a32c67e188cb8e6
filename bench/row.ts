/** A row of the target table, and what was found of it. */
export interface Row {
  readonly what: string
  readonly target: Target
  /** Nothing where it was skipped. */
  readonly found?: number | undefined
  /** The figures behind it, or why it was skipped. */
  readonly detail: string
}

/** A ratio, or with a unit a figure. */
export type Target = ({ readonly atLeast: number } | { readonly atMost: number }) & { readonly unit?: string }

/** A row that could not be measured here. */
export function skipped(what: string, target: Target, why: string): Row {
  process.stderr.write(`SKIPPED: ${what}: ${why}\n`)
  return { what, target, detail: `skipped: ${why}` }
}

/** Whether its target is reached; nothing where it was skipped. */
export function isReached({ target, found }: Row): boolean | undefined {
  if (found === undefined) return undefined
  return 'atLeast' in target ? found >= target.atLeast : found <= target.atMost
}

/** A Markdown table of rows. */
export function rowTable(rows: readonly Row[]): string {
  const lines = rows.map((row) => `| ${row.what} | ${targetText(row.target)} | ${foundText(row)} | ${row.detail} |`)
  return ['| | target | found | |', '|---|---|---|---|', ...lines].join('\n')
}

function targetText(target: Target): string {
  const { unit = '' } = target
  return 'atLeast' in target ? `≥ ${target.atLeast}${unit}` : `≤ ${target.atMost}${unit}`
}

function foundText(row: Row): string {
  if (row.found === undefined) return '–'
  return `${row.found.toFixed(2)}${row.target.unit ?? ''} ${isReached(row) ? 'reached' : 'not reached'}`
}

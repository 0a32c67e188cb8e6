/** How a bench is run. */
export interface Options {
  /** About two minutes: shorter rounds, nothing of a million. */
  readonly quick: boolean
  /** For machines. */
  readonly json: boolean
  readonly rounds: number
  readonly roundMs: number
}

/** Reads what was typed: `--quick`, `--json`, and the names of the parts that are wanted; without any, all are. */
export function readOptions(words: readonly string[]): {
  readonly options: Options
  readonly wanted: readonly string[]
} {
  const quick = words.includes('--quick')
  const wanted = words.filter((word) => !word.startsWith('--'))
  const times = quick ? { rounds: 3, roundMs: 1_500 } : { rounds: 5, roundMs: 5_000 }
  return { options: { quick, json: words.includes('--json'), ...times }, wanted }
}

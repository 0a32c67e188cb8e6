import { caution, fault, type Problem } from '../problem.ts'

/** A problem at the level that the carrier's dictionary gives its code. */
export function problem(code: number, message: string): Problem {
  return ERRORS.has(code) ? fault(code, message) : caution(code, message)
}

/** What the dictionary calls an error; the rest are warnings. */
const ERRORS: ReadonlySet<number> = new Set([
  11100, 13231, 13239, 13240, 13257, 13338, 14201, 14202, 14203, 14204, 14205, 14206, 14210, 14211, 14212, 14213, 14215,
  14220, 14221, 14300, 15004, 16023, 64003, 64004, 64016, 64017, 64020,
])

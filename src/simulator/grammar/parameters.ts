import type { Rule } from './rule.ts'
import { ANY, FILLED } from './values.ts'

const NAMED: Rule = { attributes: { name: FILLED, value: ANY } }

/** What custom parameters are handed over by. */
export const PARAMETERS = { Parameter: NAMED } as const satisfies Readonly<Record<string, Rule>>

/** What a virtual agent or a transcription is set up by, too. */
export const SETTINGS = { ...PARAMETERS, Config: NAMED } as const satisfies Readonly<Record<string, Rule>>

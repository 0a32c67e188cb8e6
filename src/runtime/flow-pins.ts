import { FLOW_SID } from './flow-sid.ts'

/** Flow sid by file name. */
export type Pins = ReadonlyMap<string, string>

/** What `sids.json` says, and what is wrong with it; no pins at all where it is not what it should be. */
export interface ReadPins {
  readonly pins?: Pins
  readonly problems: readonly string[]
}

/** The file of pinned sids: `{"FW…": "survey.json"}`. */
export const PINS = 'sids.json'

/** Reads `{"FW…": "survey.json"}`; an entry that pins nothing is a problem, the others count all the same. */
export function readPins(text: string, files: readonly string[]): ReadPins {
  const entries = entriesOf(text)
  if (!entries) return { problems: [`sids.json is no JSON object of flow sids and file names: expected ${EXPECTED}`] }
  return {
    pins: new Map(entries.filter(([sid]) => FLOW_SID.test(sid)).map(([sid, file]) => [String(file), sid])),
    problems: entries.flatMap(([sid, file]) => problemOf(sid, file, files) ?? []),
  }
}

const EXPECTED = '{"FW…": "survey.json"}'

function entriesOf(text: string): [string, unknown][] | undefined {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? Object.entries(json) : undefined
  } catch {
    return undefined // half written, perhaps
  }
}

function problemOf(sid: string, file: unknown, files: readonly string[]): string | undefined {
  if (!FLOW_SID.test(sid))
    return `sids.json: ${JSON.stringify(sid)} is no flow sid: FW and 32 hexadecimal digits expected`
  if (typeof file === 'string' && files.includes(file)) return undefined
  return `sids.json: ${sid} is pinned to ${JSON.stringify(file)}, which is no file of the folder: expected ${EXPECTED}`
}

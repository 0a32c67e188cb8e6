import { createHash } from 'node:crypto'

/** The sid of a flow: its file's own, else the one pinned for the file, else one derived from the file's name. */
export function flowSid(file: string, ...named: readonly (string | undefined)[]): string {
  return named.find((sid) => sid !== undefined && FLOW_SID.test(sid)) ?? derivedSid(file)
}

const FLOW_SID = /^FW[0-9a-fA-F]{32}$/

/** Always the same for a file name, so that a number's webhook stays right. */
function derivedSid(file: string): string {
  return `FW${createHash('sha256').update(file).digest('hex').slice(0, 32)}`
}

/** Flow sid by file name. */
export type Pins = ReadonlyMap<string, string>

/** The file of pinned sids: `{"FW…": "file.json"}`. */
export const PINS = 'sids.json'

/** Reads the text of the pins' file; throws where it is no JSON. */
export function readPins(text: string): Pins {
  const pins: unknown = JSON.parse(text)
  return new Map(Object.entries(pins ?? {}).map(([sid, file]) => [String(file), sid]))
}

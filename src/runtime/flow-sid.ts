import { createHash } from 'node:crypto'

/** The sid of a flow: its file's own, else the one pinned for the file, else one derived from the file's name. */
export function flowSid(file: string, ...named: readonly (string | undefined)[]): string {
  return named.find((sid) => sid !== undefined && FLOW_SID.test(sid)) ?? derivedSid(file)
}

/** The sid in the text of a REST export, be the rest of it broken. */
export function sidInText(text: string): string | undefined {
  return /"sid"\s*:\s*"(FW[0-9a-fA-F]{32})"/.exec(text)?.[1]
}

/** A flow's sid as Twilio makes them. */
export const FLOW_SID = /^FW[0-9a-fA-F]{32}$/

/** Always the same for a file name, so that a number's webhook stays right. */
function derivedSid(file: string): string {
  return `FW${createHash('sha256').update(file).digest('hex').slice(0, 32)}`
}

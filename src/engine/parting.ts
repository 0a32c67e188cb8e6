import type { TwimlDocument } from '../twiml/verbs.ts'

/** Whether the carrier makes one more request when the caller hangs up during this document: with the recording, or with what became of the other leg (twiml.md 6.2). */
export function owesRequest(document: TwimlDocument | undefined): boolean {
  return document !== undefined && !('xml' in document) && document.some(({ verb }) => OWING.has(verb))
}

const OWING: ReadonlySet<string> = new Set(['Record', 'Dial', 'Enqueue', 'Pay', 'Connect'])

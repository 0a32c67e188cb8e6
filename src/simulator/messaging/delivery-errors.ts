/** What the carrier says of a message that did not arrive, or was refused, by its code (twiml.md 8.3). */
export function describe(code: number): string {
  return MEANINGS[code] ?? `Error ${code}`
}

const MEANINGS: Readonly<Record<number, string>> = {
  21211: "Invalid 'To' phone number",
  21606: "The 'From' number cannot send messages to this destination",
  21608: "The 'To' number is not verified for this trial account",
  21610: 'Attempt to send to an unsubscribed recipient',
  21612: "The 'To' number cannot be reached by text message",
  21614: "The 'To' number is no mobile number",
  30001: 'Queue overflow',
  30002: 'Account suspended',
  30003: 'Unreachable destination handset',
  30004: 'Message blocked',
  30005: 'Unknown destination handset',
  30006: 'Landline or unreachable carrier',
  30007: 'Message filtered',
  30008: 'Unknown error',
}

/** Whether an address is the sid of a Messaging Service; one who is called `MGM` or `MG Motors` has none. */
export function isMessagingService(address: unknown): address is string {
  return typeof address === 'string' && SID.test(address)
}

/** A sender's name has eleven characters at most, and hardly a digit (twiml.md 5). */
const SID = /^MG(\w*\d|\w{10,}$)/

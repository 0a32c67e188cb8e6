/** Whether a message can be sent to this: a number, a short code, or an address of a channel such as `whatsapp:+15550001`. */
export function isRecipient(address: string): boolean {
  return NUMBER.test(address) || SHORT_CODE.test(address) || isOfChannel(address)
}

/** Whether a message can come from this: what it can be sent to, or a sender of up to eleven letters (twiml.md 5). */
export function isSender(address: string): boolean {
  return isRecipient(address) || LETTERS.test(address)
}

/** Whether a call can be placed to or from this. */
export function isCallable(address: string): boolean {
  return NUMBER.test(address) || /^\d{3,15}$/.test(address) || /^(client|sip|sips|sim):.+$/.test(address)
}

/** Whether an address belongs to a channel that is no text message, and has rules of its own. */
export function isOfChannel(address: string): boolean {
  return /^[a-z]+:\S+$/.test(address)
}

/** E.164; the networks of tests have short numbers too. */
const NUMBER = /^\+[1-9]\d{2,14}$/
const SHORT_CODE = /^\d{3,8}$/
const LETTERS = /^(?=.*[A-Za-z])[\w &+-]{1,11}$/

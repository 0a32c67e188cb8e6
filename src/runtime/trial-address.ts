/** The key of the trial that an address belongs to, or belonged to: its number, with or without a channel before it, or a conversation of its network. Nobody else has such an address: +999 is given to no country. */
export function trialAt(address: string): string | undefined {
  const [, ofNumber, ofConversation] = ADDRESS.exec(address) ?? []
  return ofNumber ?? ofConversation
}

/** The number at which the flow of a trial is reached. */
export function trialNumber(key: string): string {
  return `+9990${key}`
}

/** The same for somebody who may come by a channel, such as `whatsapp:+15550001`. */
export function trialAddress(key: string, contact: string): string {
  const [channel = ''] = /^[a-z]+:/.exec(contact) ?? []
  return channel + trialNumber(key)
}

/** How the digits of everything begin that has a sid in the network of a trial. */
export function trialDigits(key: string): string {
  return `${ZEROS}${key}`
}

/** Digits of a key. */
export const TRIAL_KEY_LENGTH = 8

const ZEROS = '0'.repeat(12)
const ADDRESS = new RegExp(`^(?:(?:[a-z]+:)?\\+9990(\\d{8})|CH${ZEROS}(\\d{8})[0-9a-f]{12})$`)

import type { Params } from '../engine/event.ts'

/**
 * Whether a message unsubscribes its sender. The carrier drops what is answered to it without a word; only its REST API
 * says so, with 21610 (twiml.md 8.3).
 */
export function optsOut({ OptOutType, From = '', Body = '' }: Params): boolean {
  return OptOutType === 'STOP' || (isNumber(From) && STOP.has(Body.trim().toUpperCase()))
}

/** The carrier heeds the words on the phone network only; WhatsApp and the like have ways of their own. */
function isNumber(address: string): boolean {
  return address.startsWith('+')
}

const STOP: ReadonlySet<string> = new Set([
  'STOP',
  'STOPALL',
  'UNSUBSCRIBE',
  'CANCEL',
  'END',
  'QUIT',
  'OPTOUT',
  'REVOKE',
])

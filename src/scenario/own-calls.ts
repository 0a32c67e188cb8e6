import type { Happening } from '../simulator/happening.ts'

/** The sids of the calls that the person at an address made or was asked to by the flow, oldest first; whom the flow dials in their name is left out. */
export function ownCallsIn(happenings: readonly Happening[], own: string): ReadonlySet<string> {
  const calls = new Set<string>()
  const seen = new Set<string>()
  let live = false
  for (const one of happenings) {
    if (one.type !== 'call') continue
    // Somebody who is dialled is first called, then rings; and whoever is in a call makes no other one.
    const isMade = !live && one.from === own && one.status === 'ringing' && !seen.has(one.sid)
    if (isMade || (one.to === own && one.direction === 'outbound-api')) calls.add(one.sid)
    if (calls.has(one.sid)) live = LIVE.has(one.status)
    seen.add(one.sid)
  }
  return calls
}

/** The statuses of a call that is not over. */
export const LIVE: ReadonlySet<string> = new Set(['ringing', 'in-progress'])

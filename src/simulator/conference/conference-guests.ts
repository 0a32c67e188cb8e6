import type { Office } from '../office.ts'
import type { Guest } from '../plans.ts'
import { afterSeconds } from '../seconds.ts'
import type { Conference } from './conferences.ts'

/** Lets the guests of a new conference come and go by their plan. */
export function inviteGuests(conference: Conference, office: Office): void {
  const alarms = office.plans.conferences
    .of(conference.name)
    .map((guest) => afterSeconds(office.clock, guest.after, () => comes(guest)))
  conference.onEvent(({ type }) => {
    if (type === 'conference-end') for (const cancel of alarms) cancel()
  })

  function comes({ starts, ends, stays, comes: when }: Guest): void {
    if (when === 'alone' && conference.participants.length > 1) return
    const callSid = office.sid('CA')
    conference.join({ callSid, leg: undefined, label: '', coaching: false, muted: false, hold: false, starts, ends })
    if (stays !== undefined) alarms.push(afterSeconds(office.clock, stays, () => conference.leave(callSid)))
  }
}

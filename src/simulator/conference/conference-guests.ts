import type { Office } from '../office.ts'
import type { Guest } from '../plans.ts'
import { afterSeconds } from '../seconds.ts'
import type { Conference } from './conferences.ts'

/** Lets the guests of a new conference come and go by their plan. */
export function inviteGuests(conference: Conference, office: Office): void {
  const alarms = office.plans.conferences
    .of(conference.name)
    .map((guest) => afterSeconds(office.clock, guest.after, () => comes(guest)))
  const faithful = new Set<string>()
  conference.onEvent((event) => {
    if (event.type === 'conference-end') for (const cancel of alarms) cancel()
    if (event.type === 'participant-leave' && !event.participant.ends) partWhereNobodyElseIs()
  })

  function comes({ starts, ends, stays, comes: when }: Guest): void {
    if (when === 'alone' && conference.participants.length > 1) return
    const callSid = office.sid('CA')
    if (stays === undefined) faithful.add(callSid)
    conference.join({ callSid, leg: undefined, label: '', coaching: false, muted: false, hold: false, starts, ends })
    if (stays !== undefined) alarms.push(afterSeconds(office.clock, stays, () => conference.leave(callSid)))
  }

  /** Those who stay to the end would stay for ever when only they are left. */
  function partWhereNobodyElseIs(): void {
    const { participants } = conference
    if (participants.some(({ callSid }) => !faithful.has(callSid))) return
    for (const { callSid } of participants) conference.leave(callSid)
  }
}

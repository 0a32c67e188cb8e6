import type { Conference, ConferenceEvent, Participant } from './conferences.ts'
import type { Element } from './element.ts'
import { methodOf, rfc2822 } from './parameters.ts'
import { callbackUrl, type Scene } from './player.ts'
import { report } from './requests.ts'
import type { Params } from './web-request.ts'

/** Reports the events of a conference to whom its first participant named (twiml.md 4.6). */
export function reportConference(conference: Conference, { attributes }: Element, scene: Scene): void {
  const { statusCallback, statusCallbackMethod, statusCallbackEvent = 'start end' } = attributes
  const url = callbackUrl(statusCallback, scene)
  if (url === undefined) return
  const wanted = statusCallbackEvent.trim().split(/\s+/)
  let sequence = 0
  conference.onEvent((event) => {
    const number = sequence
    sequence += 1
    if (!wanted.includes(groupOf(event))) return
    const { accountSid, clock } = scene.leg.ground
    const params = {
      ConferenceSid: conference.sid,
      FriendlyName: conference.name,
      AccountSid: accountSid,
      SequenceNumber: String(number),
      Timestamp: rfc2822(clock.now()),
      StatusCallbackEvent: event.type,
      ...detailsOf(event),
    }
    report(scene.leg, { url, method: methodOf(statusCallbackMethod), params })
  })
}

/** The word for an event in `statusCallbackEvent`: `unmute` is asked for by `mute`. */
function groupOf({ type }: ConferenceEvent): string {
  const [, word = ''] = type.split('-')
  return word.replace(/^un/, '')
}

function detailsOf(event: ConferenceEvent): Params {
  switch (event.type) {
    case 'conference-start':
      return {}
    case 'conference-end':
      return {
        ReasonConferenceEnded: event.reason,
        Reason: `Conference ended: ${event.reason}`,
        ...(event.callSid && { CallSidEndingConference: event.callSid }),
      }
    case 'participant-leave':
      return {
        ...ofParticipant(event.participant),
        ReasonParticipantLeft: event.why,
        ParticipantCallStatus: event.why === 'participant_hung_up' ? 'completed' : 'in-progress',
      }
    default:
      return ofParticipant(event.participant)
  }
}

function ofParticipant({ callSid, muted, hold, coaching, starts, ends, label }: Participant): Params {
  return {
    CallSid: callSid,
    Muted: String(muted),
    Hold: String(hold),
    Coaching: String(coaching),
    StartConferenceOnEnter: String(starts),
    EndConferenceOnExit: String(ends),
    ...(label && { ParticipantLabel: label }),
  }
}

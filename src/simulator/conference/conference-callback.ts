import type { Scene } from '../call/player.ts'
import { report } from '../call/requests.ts'
import type { Element } from '../document/element.ts'
import { callbackOf } from '../document/hooks.ts'
import type { Params } from '../line/web-request.ts'
import { rfc2822 } from '../rfc2822.ts'
import type { Conference, ConferenceEvent, Participant } from './conferences.ts'

/** Reports the events of a conference to whom its first participant named (twiml.md 4.6). */
export function reportConference(conference: Conference, noun: Element, scene: Scene): void {
  const callback = callbackOf(noun, 'statusCallback', scene)
  if (!callback) return
  const wanted = (noun.attributes.statusCallbackEvent ?? 'start end').trim().split(/\s+/)
  let sequence = 0
  conference.onEvent((event) => {
    const params = { SequenceNumber: String(sequence), ...about(conference, scene), ...detailsOf(event) }
    sequence += 1
    if (wanted.includes(groupOf(event))) report(scene.leg, callback, { ...params, StatusCallbackEvent: event.type })
  })
}

function about({ sid, name }: Conference, { office: { clock } }: Scene): Params {
  return { ConferenceSid: sid, FriendlyName: name, Timestamp: rfc2822(clock.now()) }
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

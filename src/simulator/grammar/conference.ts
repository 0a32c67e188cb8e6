import { RECORDING_CALLBACK, TRIM } from './record.ts'
import type { Rule } from './rule.ts'
import { BOOLEAN, check, FILLED, like, listOf, METHOD, oneOf, under, url, whole } from './values.ts'

const LABEL = check(
  'at most 128 characters, no / and no CallSid',
  (value) => value.length <= 128 && !value.includes('/') && !/^CA[0-9a-f]{32}$/.test(value),
)

/** Conference, in Dial (twiml.md 4.6). */
export const CONFERENCE: Rule = {
  attributes: {
    muted: under(13230, BOOLEAN),
    beep: under(13235, oneOf('true', 'false', 'onEnter', 'onExit')),
    startConferenceOnEnter: under(13232, BOOLEAN),
    endConferenceOnExit: under(13231, BOOLEAN),
    participantLabel: under(16023, LABEL),
    jitterBufferSize: oneOf('large', 'medium', 'small', 'off'),
    waitUrl: url(13233),
    waitMethod: under(13234, METHOD),
    maxParticipants: whole(2, 250),
    record: oneOf('do-not-record', 'record-from-start'),
    region: oneOf('us1', 'us2', 'ie1', 'sg1', 'br1', 'au1', 'jp1', 'de1'),
    trim: under(13239, TRIM),
    coach: under(13240, like(/^CA[0-9a-f]{32}$/, 'the sid of a call')),
    statusCallback: url(),
    statusCallbackMethod: METHOD,
    statusCallbackEvent: listOf('start', 'end', 'join', 'leave', 'mute', 'hold', 'modify', 'speaker', 'announcement'),
    eventCallbackUrl: url(),
    recordingConfigurationId: FILLED,
    ...RECORDING_CALLBACK,
  },
  text: under(
    13237,
    check('the name of a conference', (value) => value !== ''),
  ),
}

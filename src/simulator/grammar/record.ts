import type { Element } from '../document/element.ts'
import type { Problem } from '../problem.ts'
import { problem } from './dictionary.ts'
import { leadsOn } from './going-on.ts'
import type { Rule } from './rule.ts'
import { BOOLEAN, FILLED, like, listOf, METHOD, oneOf, under, url, whole } from './values.ts'

/** Where it is told of what becomes of a recording. */
export const RECORDING_CALLBACK = {
  recordingStatusCallback: url(13256),
  recordingStatusCallbackMethod: METHOD,
  recordingStatusCallbackEvent: under(13621, listOf('in-progress', 'completed', 'absent')),
}

/** From when on a call is recorded. */
export const RECORD_FROM = oneOf(
  'do-not-record',
  'record-from-answer',
  'record-from-ringing',
  'record-from-answer-dual',
  'record-from-ringing-dual',
  'true',
  'false',
)

/** Whether silence is cut off. */
export const TRIM = oneOf('trim-silence', 'do-not-trim')

/** Record (twiml.md 4.5). */
export const RECORD: Rule = {
  attributes: {
    action: url(),
    method: under(13610, METHOD),
    timeout: under(13611, whole(0)),
    finishOnKey: under(13613, like(/^[0-9*#]*$/, 'some of 0-9, * and #')),
    maxLength: under(13612, whole(2, 86_400)),
    playBeep: under(13616, BOOLEAN),
    trim: under(13699, TRIM),
    transcribe: under(13614, BOOLEAN),
    transcribeCallback: url(13257),
    recordingConfigurationId: FILLED,
    ...RECORDING_CALLBACK,
  },
  whole: (record, base) => [...transcribable(record), ...leadsOn(record, base)],
}

/** Seconds that are transcribed at most. */
const MOST_TRANSCRIBED = 120

function transcribable({ attributes: { transcribe, maxLength } }: Element): Problem[] {
  if (transcribe !== 'true' || !(Number(maxLength) > MOST_TRANSCRIBED)) return []
  const most = `expected at most ${MOST_TRANSCRIBED} where transcribe="true"`
  return [problem(13615, `maxLength=${JSON.stringify(maxLength)} of <Record> is too long; ${most}`)]
}

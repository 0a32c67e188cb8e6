import { z } from 'zod'
import { callbackOf } from '../engine/callback-url.ts'
import { answer, defineWidget, exit } from '../engine/widget.ts'
import { flag, integer, name, text, textFlag, verbatim } from '../flow/properties.ts'
import type { Record } from '../twiml/verbs.ts'

const properties = z.object({
  timeout: integer({ min: 0 }).default(5).meta({ title: 'Stop recording after silence in seconds' }),
  finish_on_key: verbatim().default('').meta({ title: 'Stop recording on key' }),
  max_length: integer({ min: 0 }).default(3600).meta({ title: 'Maximum length in seconds' }),
  transcribe: flag().default(false).meta({ title: 'Transcribe audio' }),
  transcription_callback_url: text().meta({ title: 'Transcription callback URL' }),
  trim: name().default('trim-silence').meta({ title: 'Trim silence' }),
  play_beep: textFlag().default(true).meta({ title: 'Play beep' }),
  recording_status_callback_url: text().meta({ title: 'Recording status callback URL' }),
})

/** Records what the caller says (widgets.md 3.9). A hang-up is its normal end. */
export const recordVoicemail = defineWidget({
  type: 'record-voicemail',
  library: {
    title: 'Record Voicemail',
    group: 'Voice',
    exits: { recordingComplete: 'Recording Complete', noAudio: 'No Audio', hangup: 'Caller Hung Up' },
  },
  summary: 'Records a message of the caller.',
  needs: 'call',
  exits: ['recordingComplete', 'noAudio', 'hangup'],
  properties,

  enter({ properties, callbackUrl }) {
    const { transcribe, transcription_callback_url, recording_status_callback_url } = properties
    const transcribed = callbackOf('transcription', transcribe ? transcription_callback_url : '')
    const recorded = callbackOf('recording status', recording_status_callback_url)
    const told = { transcribeCallback: transcribed.url, recordingStatusCallback: recorded.url }
    const document = [
      { ...recordOf(properties, told), action: callbackUrl(), method: 'POST' },
      { verb: 'Redirect', method: 'POST', text: callbackUrl({ FlowEvent: 'noAudio' }) }, // reached only when nothing was recorded
    ] as const
    return answer(document, { warnings: [...transcribed.warnings, ...recorded.warnings] })
  },

  resume({ execution }, event) {
    if (event.type !== 'continued') return undefined
    const output = event.params
    if (output.Digits === 'hangup' || !execution.call?.live) return exit('hangup', { output })
    return exit(output.RecordingUrl === undefined && output.FlowEvent === 'noAudio' ? 'noAudio' : 'recordingComplete', {
      output,
    })
  },
})

/** TwiML's bounds on the length of a recording, in seconds. */
const SHORTEST = 2
const LONGEST = 14_400

type Properties = z.output<typeof properties>
type Told = Pick<Record, 'transcribeCallback' | 'recordingStatusCallback'>

function recordOf(properties: Properties, told: Told): Record {
  const { timeout, finish_on_key, max_length, transcribe, trim, play_beep } = properties
  return {
    verb: 'Record',
    timeout,
    finishOnKey: finish_on_key.replace(/[^0-9#*]/g, ''), // empty: TwiML's own default would be any key
    maxLength: Math.min(Math.max(max_length, SHORTEST), LONGEST),
    transcribe: transcribe || undefined,
    transcribeCallback: told.transcribeCallback,
    trim: trim === 'do-not-trim' ? 'do-not-trim' : 'trim-silence',
    playBeep: play_beep,
    recordingStatusCallback: told.recordingStatusCallback,
  }
}

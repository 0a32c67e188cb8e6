import { expect, test } from 'vitest'
import { recordVoicemail } from '../../src/widgets/record-voicemail.ts'
import { continued, HUNG_UP, twimlOf, visit } from '../support/visit.ts'

const recorded = (properties: Record<string, unknown>) =>
  twimlOf(recordVoicemail.enter(visit(recordVoicemail, properties)))

test('without properties it records as Studio does by default', () => {
  expect(recorded({})).toBe(
    '<Record timeout="5" finishOnKey="" maxLength="3600" trim="trim-silence" playBeep="true" action="HOOK" method="POST"/>' +
      '<Redirect method="POST">HOOK?FlowEvent=noAudio</Redirect>',
  )
})

test('every property has its attribute', () => {
  const properties = {
    timeout: 0,
    finish_on_key: '*#',
    max_length: '60',
    transcribe: true,
    transcription_callback_url: 'https://a.example/t',
    trim: 'do-not-trim',
    play_beep: 'false',
    recording_status_callback_url: 'https://a.example/r',
  }
  expect(recorded(properties)).toContain(
    '<Record timeout="0" finishOnKey="*#" maxLength="60" transcribe="true" transcribeCallback="https://a.example/t" trim="do-not-trim" playBeep="false" recordingStatusCallback="https://a.example/r"',
  )
})

test.each([
  [{ max_length: 0 }, 'maxLength="2"'],
  [{ max_length: 99_999 }, 'maxLength="14400"'],
  [{ finish_on_key: 'none' }, 'finishOnKey=""'],
])('%j is kept within what TwiML takes: %s', (properties, attribute) => {
  expect(recorded(properties)).toContain(attribute)
})

test.each([
  [{ transcription_callback_url: 'https://a.example/t' }, 'transcribeCallback'],
  [{ recording_status_callback_url: '/relative' }, 'recordingStatusCallback'],
])('%j gives no %s', (properties, attribute) => {
  expect(recorded(properties)).not.toContain(attribute)
})

test.each([
  [{ transcribe: true, transcription_callback_url: '/relative' }, [81014]],
  [{ transcribe: false, transcription_callback_url: '/relative' }, []],
  [{ recording_status_callback_url: 'a.example/r' }, [81014]],
  [{ recording_status_callback_url: ' ' }, []],
])('%j is told of by %j', (properties, codes) => {
  const result = recordVoicemail.enter(visit(recordVoicemail, properties))
  expect(result.warnings?.map(({ code }) => code)).toEqual(codes)
})

test.each([
  [{ RecordingUrl: 'https://a.example/RE1', RecordingDuration: '4', Digits: '#' }, 'recordingComplete'],
  [{ RecordingUrl: 'https://a.example/RE1', Digits: 'hangup' }, 'hangup'],
  [{ FlowEvent: 'noAudio' }, 'noAudio'],
] as const)('%j leaves by %s', (params, exit) => {
  expect(recordVoicemail.resume?.(visit(recordVoicemail), continued(params))).toEqual({
    kind: 'exit',
    exit,
    output: params,
  })
})

test('a caller who is gone leaves by hangup and keeps the recording', () => {
  const gone = visit(recordVoicemail, {}, { execution: HUNG_UP })
  const params = { RecordingUrl: 'https://a.example/RE1', CallStatus: 'completed' }
  expect(recordVoicemail.resume?.(gone, continued(params))).toEqual({ kind: 'exit', exit: 'hangup', output: params })
})

test('any other event does not concern it', () => {
  expect(recordVoicemail.resume?.(visit(recordVoicemail), { type: 'time-ran-out' })).toBeUndefined()
})

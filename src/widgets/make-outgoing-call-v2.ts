import { z } from 'zod'
import { recordingCallback } from '../engine/call-recording.ts'
import type { MachineDetection } from '../engine/effect.ts'
import { heardOfCall, OUTGOING_EXITS, outgoingProperties, placeCall } from '../engine/outgoing-call.ts'
import { defineWidget } from '../engine/widget.ts'
import { choice, flag, name, text, textInteger } from '../flow/properties.ts'

const properties = z.object({
  ...outgoingProperties,
  recording_channels: choice(['mono', 'dual']).default('mono').meta({ title: 'Recording channels' }),
  recording_status_callback: text().meta({ title: 'Recording status callback' }),
  trim: choice(['trim-silence', 'do-not-trim']).default('do-not-trim').meta({ title: 'Trim silence', liquid: true }),
  detect_answering_machine: flag().default(false).meta({ title: 'Detect answering machine' }),
  machine_detection: choice(['Enable', 'DetectMessageEnd']).default('Enable').meta({ title: 'Machine detection' }),
  machine_detection_timeout: textInteger({ min: 3, max: 120 })
    .default(30)
    .meta({ title: 'Machine detection timeout in seconds' }),
  machine_detection_speech_threshold: textInteger({ min: 1000, max: 6000 })
    .default(2400)
    .meta({ title: 'Speech threshold in milliseconds' }),
  machine_detection_speech_end_threshold: textInteger({ min: 500, max: 5000 })
    .default(1200)
    .meta({ title: 'Speech end threshold in milliseconds' }),
  machine_detection_silence_timeout: textInteger({ min: 2000, max: 10000 })
    .default(5000)
    .meta({ title: 'Initial silence timeout in milliseconds' }),
  send_digits: name().meta({ title: 'Digits to send' }),
  sip_auth_username: name().meta({ title: 'SIP username' }),
  sip_auth_password: name().meta({ title: 'SIP password' }),
})

/** Calls the contact; what follows is heard by whoever answers (widgets.md 3.7). */
export const makeOutgoingCallV2 = defineWidget({
  type: 'make-outgoing-call-v2',
  library: {
    title: 'Make Outgoing Call',
    group: 'Voice',
    exits: { answered: 'Answered', busy: 'Busy', noAnswer: 'No Answer', failed: 'Call Failed' },
  },
  summary: 'Calls the contact, with answering-machine detection and recording if wanted, and goes on with the call.',
  needs: 'anything',
  exits: OUTGOING_EXITS,
  onInvalid: 'failed',
  properties,

  enter(visit) {
    const { record, recording_channels, recording_status_callback, trim, ...rest } = visit.properties
    const { callback, warnings } = recordingCallback(record ? recording_status_callback : '')
    const wishes = {
      sendDigits: rest.send_digits,
      sipUsername: rest.sip_auth_username,
      sipPassword: rest.sip_auth_password,
      recording: record ? { channels: recording_channels, trim, callback } : undefined,
      machineDetection: detectionOf(visit.properties),
    }
    return placeCall(visit, wishes, warnings)
  },

  resume: heardOfCall,
})

/** Exports carry the thresholds also where nothing is to be detected. */
function detectionOf(its: z.output<typeof properties>): MachineDetection | undefined {
  if (!its.detect_answering_machine) return undefined
  return {
    mode: its.machine_detection,
    timeout: its.machine_detection_timeout,
    speechThreshold: its.machine_detection_speech_threshold,
    speechEndThreshold: its.machine_detection_speech_end_threshold,
    silenceTimeout: its.machine_detection_silence_timeout,
  }
}

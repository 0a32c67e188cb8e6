import { z } from 'zod'
import { recordingCallback } from '../engine/call-recording.ts'
import { WARNING, type Warning } from '../engine/warning.ts'
import { ask, defineWidget, exit } from '../engine/widget.ts'
import { choice, flag, required, text } from '../flow/properties.ts'

const properties = z.object({
  record_call: required(flag()).meta({ title: 'Record call', description: 'true starts a recording, false stops it' }),
  recording_status_callback: text().meta({ title: 'Recording status callback' }),
  recording_status_callback_method: choice(['POST', 'GET']).default('POST').meta({ title: 'Callback method' }),
  recording_status_callback_events: text().default('completed').meta({ title: 'Callback events' }),
  recording_channels: choice(['dual', 'mono']).default('dual').meta({ title: 'Recording channels' }),
  trim: choice(['do-not-trim', 'trim-silence']).default('do-not-trim').meta({ title: 'Trim silence' }),
})

/** Starts or stops the recording of an incoming call that is in progress; the carrier knows whether it is (widgets.md 3.10). */
export const recordCall = defineWidget({
  type: 'record-call',
  library: { title: 'Call Recording', group: 'Voice', exits: { success: 'Success', failed: 'Failed' } },
  summary: 'Starts or stops the recording of an incoming call.',
  needs: 'anything',
  exits: ['success', 'failed'],
  onInvalid: 'failed',
  properties,

  enter({ properties, execution: { call, channel } }) {
    if (!call?.live || channel !== 'call') return exit('failed', { warnings: [failed('there is no incoming call')] })
    const about = { type: 'record-call', callSid: call.sid } as const
    if (!properties.record_call) return ask({ ...about, change: 'stop' }, ...CHANGED)
    const { recording, warnings } = wishOf(properties)
    return { ...ask({ ...about, change: 'start', recording }, ...CHANGED), warnings }
  },

  resume(_visit, event) {
    if (event.type === 'recording-changed') return exit('success', { output: event.recording })
    if (event.type === 'recording-refused') return exit('failed', { warnings: [failed(event.reason)] })
    return undefined
  },
})

const CHANGED = ['recording-changed', 'recording-refused'] as const

function wishOf(its: z.output<typeof properties>) {
  const { callback, warnings } = recordingCallback(its.recording_status_callback, {
    method: its.recording_status_callback_method,
    events: its.recording_status_callback_events.split(/[\s,]+/).filter((event) => event !== ''),
  })
  return { recording: { channels: its.recording_channels, trim: its.trim, callback }, warnings }
}

function failed(reason: string): Warning {
  return { code: WARNING.unsupported, message: `the recording is left as it is: ${reason}` }
}

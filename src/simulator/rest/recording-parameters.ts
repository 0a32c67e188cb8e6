import type { Form } from '../../signature/signature.ts'
import type { RecordingWish } from '../recording/live-recording.ts'
import { callbackIn, oneOf } from './parameters.ts'

/** How a call is to be recorded, by the parameters that both resources share (twiml.md 7 and 9). */
export function recordingWishIn(form: Form, source: RecordingWish['source']): RecordingWish {
  oneOf(form, 'Trim', ['trim-silence', 'do-not-trim'])
  return {
    source,
    channels: oneOf(form, 'RecordingChannels', ['mono', 'dual']) === 'dual' ? 2 : 1,
    track: oneOf(form, 'RecordingTrack', ['both', 'inbound', 'outbound']) ?? 'both',
    callback: callbackIn(form, 'RecordingStatusCallback', {
      known: ['in-progress', 'completed', 'absent'],
      usual: 'completed',
    }),
  }
}

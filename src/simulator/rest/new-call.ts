import type { Form } from '../../signature/signature.ts'
import { type Detected, detectBeside, detected, detectionParams, USUAL_TIMEOUT_S } from '../call/detection.ts'
import type { Leg } from '../call/leg.ts'
import { sendDigits } from '../call/sound.ts'
import { reportStatus } from '../call/status-callback.ts'
import type { Destination } from '../document/destination.ts'
import type { Network } from '../network.ts'
import type { CallPlan } from '../plans.ts'
import type { RecordingWish } from '../recording/live-recording.ts'
import type { Hook } from '../webhooks.ts'
import { destinationIn, endsIn, statusCallbackIn, timesIn } from './call-parameters.ts'
import { callbackIn, hookIn, isTrue, one, oneOf, whole } from './parameters.ts'
import { recordingWishIn } from './recording-parameters.ts'
import { invalid } from './refused.ts'

/** Places a call as its parameters say (twiml.md 7); throws `Refused`. */
export function placeCall(network: Network, form: Form): Leg {
  const { to, from } = endsIn(form)
  const start = startIn(form)
  const statusCallback = statusCallbackIn(form)
  const wish = isTrue(form, 'Record') ? recordingWishIn(form, 'OutboundAPI') : undefined
  const plan = network.plans.calls.of(to)
  const answering = answeringIn(form, plan)
  const leg = network.dial({
    setup: {
      sid: network.sid('CA'),
      from,
      to,
      direction: 'outbound-api',
      fallback: hookIn(form, { url: 'FallbackUrl', method: 'FallbackMethod', code: 21205 }),
    },
    plan,
    ...timesIn(form),
    start: answering.sync && start.kind === 'url' ? { ...start, params: detectionParams(answering.sync) } : start,
    answered: (answeredLeg) => answered(answeredLeg, answering),
  })
  if (wish) recordAll(leg, network, wish)
  if (statusCallback) reportStatus(leg, statusCallback) // after the recording, which it tells of
  return leg
}

function startIn(form: Form): Destination {
  const sid = one(form, 'ApplicationSid')
  if (sid !== undefined) throw invalid(21218, `The application ${sid} is not known here; expected Url or Twiml`)
  const start = destinationIn(form)
  if (!start) throw invalid(21205, 'Url is missing; expected Url or Twiml')
  return start
}

/** What happens once somebody has answered, before the first document is played. */
interface Answering {
  readonly digits: string | undefined
  /** Detection that the call waits for. */
  readonly sync?: Detected | undefined
  /** Detection beside the call. */
  readonly beside?: { readonly found: Detected; readonly callback: Hook | undefined }
}

function answeringIn(form: Form, plan: CallPlan): Answering {
  const digits = one(form, 'SendDigits')
  if (digits !== undefined && !/^[0-9A-D#*wW]{1,32}$/.test(digits))
    throw invalid(21206, `SendDigits is ${JSON.stringify(digits)}; expected at most 32 of 0-9 A-D # * w W`)
  const mode = oneOf(form, 'MachineDetection', ['Enable', 'DetectMessageEnd', 'none'])
  const timeout = whole(form, 'MachineDetectionTimeout', { least: 3, most: 59 }) ?? USUAL_TIMEOUT_S
  const callback = callbackIn(form, 'AsyncAmdStatusCallback', { known: [], usual: '' })
  if (mode === undefined || mode === 'none' || digits !== undefined) return { digits } // it is ignored with digits
  const found = detected(plan, { mode, timeout })
  if (!isTrue(form, 'AsyncAmd')) return { digits, sync: found }
  return { digits, beside: { found, callback } }
}

async function answered(leg: Leg, { digits, sync, beside }: Answering): Promise<void> {
  if (beside) detectBeside(leg, beside.found, beside.callback)
  if (digits !== undefined) await sendDigits(leg, digits)
  if (!sync) return
  await leg.wait({ seconds: sync.seconds })
  leg.answeredBy = sync.answeredBy
}

/** Records a call from the answer to its end. */
function recordAll(leg: Leg, network: Network, wish: RecordingWish): void {
  leg.onStatus(() => {
    if (leg.status === 'in-progress') leg.recording = network.recordings.start(leg, wish).recording
    if (!leg.isOver || !leg.recording) return
    for (const live of network.recordings.liveOf(leg.sid)) live.stop()
    leg.recording = network.recordings.get(leg.recording.sid)
  })
}

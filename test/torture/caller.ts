import type { Dice } from '../walk/dice.ts'
import { callOf, enteredIn, type Next, nextIn } from './document.ts'
import { OWN } from './flows.ts'
import type { Delivery } from './journal.ts'
import type { World } from './world.ts'

/** A call that is under way. */
interface Call {
  readonly params: Readonly<Record<string, string>>
  readonly dice: Dice
  /** The keys whose requests were answered. */
  entered: string
  /** The last key, where its request was not. */
  doubtful: string
}

/** Somebody calls, presses keys, leaves messages and is connected, and hangs up in the end or in the middle. */
export async function caller(world: World, dice: Dice, contact: string): Promise<void> {
  const params = callOf(`CA${dice.hex(32)}`, contact)
  const url = '/flows/line'
  const begun = await world.line.ask({ kind: 'call', url, params: { ...params, CallStatus: 'ringing' } })
  await talk(world, { params: { ...params, CallStatus: 'in-progress' }, dice }, begun)
  const end = { ...params, CallStatus: 'completed', CallbackSource: 'call-progress-events' }
  await world.line.ask({ kind: 'call-end', url, params: end })
}

/** Somebody answers a call of ours, presses keys and hangs up; `url` is where the carrier was told to ask. */
export async function callee(world: World, dice: Dice, placed: Placed): Promise<void> {
  const { url, sid, contact } = placed
  const params = { CallSid: sid, From: OWN, To: contact, Direction: 'outbound-api', ApiVersion: '2010-04-01' }
  await world.pause(dice.below(400))
  const isAnswered = dice.chance(0.7)
  if (isAnswered) {
    const live = { ...params, CallStatus: 'in-progress' }
    const told = await world.line.ask({ kind: 'placed-call', url, params: live })
    await talk(world, { params: live, dice }, told)
  }
  const CallStatus = isAnswered ? 'completed' : dice.pick(['busy', 'no-answer', 'failed'])
  const end = { ...params, CallStatus, CallbackSource: 'call-progress-events' }
  await world.line.ask({ kind: 'call-end', url, params: end })
}

/** A call that the carrier was asked for. */
export interface Placed {
  readonly url: string
  readonly sid: string
  readonly contact: string
}

async function talk(world: World, whose: Pick<Call, 'params' | 'dice'>, begun: Delivery): Promise<void> {
  const call = { ...whose, entered: '', doubtful: '' }
  await goOn(world, call, begun)
  const { entered, doubtful } = call
  if (begun.answer) world.journal.calls.push({ sid: call.params.CallSid ?? '', entered, doubtful })
}

/** Does what it is told until the document ends it or its caller hangs up. */
async function goOn(world: World, call: Call, { answer }: Delivery): Promise<void> {
  const next = answer && nextIn(answer.body)
  if (!answer || !next) return
  compare(world, call, answer.body)
  await world.pause(call.dice.below(120))
  if (call.dice.chance(HANGS_UP)) return
  const did = actAt(call, next)
  const isPatient = call.dice.chance(PATIENT)
  const params = { ...call.params, ...did }
  const told = await world.line.ask({ kind: 'call-act', url: next.url, params, ...(!isPatient && { attempts: 1 }) })
  call[told.answer ? 'entered' : 'doubtful'] += did.Digits ?? ''
  await goOn(world, call, told)
}

const HANGS_UP = 0.04
const PATIENT = 0.92
const LONGEST = 12

function compare({ journal }: World, { entered, params }: Call, twiml: string): void {
  const said = enteredIn(twiml)
  if (said === undefined || said === entered) return
  journal.complaints.push(`${params.CallSid} has entered ${entered}, and the flow says ${said}`)
}

/** What its caller does at a verb. */
function actAt({ dice, entered }: Call, { verb }: Next): { Digits?: string } & Record<string, string> {
  switch (verb) {
    case 'Gather':
      return { Digits: entered.length >= LONGEST ? '9' : dice.pick(['1', '2', '3', '4', '5', '6', '7', '8', '9']) }
    case 'Record':
      return { RecordingSid: `RE${dice.hex(32)}`, RecordingUrl: 'https://api.example/RE', RecordingDuration: '3' }
    case 'Dial':
      return { DialCallStatus: dice.pick(['completed', 'busy', 'no-answer']), DialCallSid: `CA${dice.hex(32)}` }
    case 'Redirect':
      return {}
    default:
      return verb satisfies never
  }
}

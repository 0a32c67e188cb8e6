import { detectBeside, detected, USUAL_TIMEOUT_S } from '../call/detection.ts'
import { DIAL_RINGS_S, outgoingLeg, ring, ringThrough, stayOnThrough, talk } from '../call/dialling.ts'
import { Interrupted } from '../call/interruption.ts'
import type { Chain, Leg } from '../call/leg.ts'
import type { Scene } from '../call/player.ts'
import { sendDigits } from '../call/sound.ts'
import { numberOf } from '../document/attributes.ts'
import type { Destination } from '../document/destination.ts'
import type { Element } from '../document/element.ts'
import { callbackOf, hookOf, statusCallbackOf } from '../document/hooks.ts'
import type { Office } from '../office.ts'
import type { CallPlan } from '../plans.ts'
import { caution } from '../problem.ts'
import { addressOf, isDialable } from './nouns.ts'

/** One end that a Dial rings. */
export interface Callee {
  readonly noun: Element
  readonly leg: Leg
  /** The call at a number of this network, where one is reached. */
  readonly far: Leg | undefined
  /** Sent elsewhere by REST: a call of its own, which the Dial has no hold on. */
  isAway: boolean
}

/** What the life of a callee needs to know of the Dial. */
interface Dialled {
  readonly dial: Element
  readonly scene: Scene
  /** Told once the callee is ready to talk, and once they are gone. */
  tell(callee: Callee, says: 'answered' | 'over'): void
}

/** Rings one end of a Dial; its life goes on beside that of the caller (twiml.md 4.6). */
export function callOut(noun: Element, dialled: Dialled): Callee {
  const { leg, office } = dialled.scene
  const [from, to] = [dialled.dial.attributes.callerId ?? leg.setup.from, addressOf(noun)]
  const hops = (leg.setup.hops ?? 0) + 1
  const { sid: parentSid, chain } = leg
  const setup = { sid: office.sid('CA'), from, to, direction: 'outbound-dial', parentSid, hops, chain } as const
  const statusCallback = statusCallbackOf(noun, 'statusCallback', dialled.scene)
  leg.tell({ type: 'dialled', target: to, noun: noun.name })
  const callee = {
    noun,
    leg: outgoingLeg(office, { setup, statusCallback }),
    far: farEndOf(setup, office),
    isAway: false,
  }
  void office.activity.during(() => liveWith(callee, dialled))
  return callee
}

/** The call at a number of this network, unless it has come a long way round already. */
function farEndOf({ from, to, hops, chain }: Destined, office: Office): Leg | undefined {
  const far = hops > MOST_HOPS || chain.calls >= MOST_CALLS ? undefined : office.reach({ from, to, hops, chain })
  if (far) chain.calls += 1
  return far
}

interface Destined {
  readonly from: string
  readonly to: string
  readonly hops: number
  readonly chain: Chain
}

/** Numbers that dial one another would never come to an end; each that dials several, or again, brings about ever more. */
const MOST_HOPS = 20
const MOST_CALLS = 50

/** The callee's own time: they ring, hear a whisper, talk, and go. */
async function liveWith(callee: Callee, dialled: Dialled): Promise<void> {
  const { leg, far } = callee
  const plan = canBeReached(callee) ? dialled.scene.office.plans.calls.of(leg.setup.to) : NOBODY_THERE
  const timeout = numberOf(dialled.dial.attributes.timeout, DIAL_RINGS_S)
  try {
    const status = far ? await ringThrough(leg, { far, timeout }) : await ring(leg, { plan, timeout })
    if (status === 'in-progress' && (await prepare(callee, plan, dialled.scene))) {
      dialled.tell(callee, 'answered')
      await (far ? stayOnThrough(leg, far) : talk(leg, plan))
    }
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
    if (error.by.kind === 'redirected') return goAway(callee, error.by.to, dialled)
    leg.become(leg.status === 'in-progress' ? 'completed' : 'canceled')
  }
  part(callee, dialled)
}

/** The end of it, for whoever was talked with. */
function part(callee: Callee, { tell }: Dialled): void {
  const { far } = callee
  if (far && !far.isOver) far.interrupt({ kind: 'hung-up', by: 'person' })
  tell(callee, 'over')
}

async function goAway(callee: Callee, to: Destination, dialled: Dialled): Promise<void> {
  callee.isAway = true
  part(callee, dialled)
  await dialled.scene.office.live(callee.leg, to)
}

function canBeReached({ noun, leg }: Callee): boolean {
  const { hops = 0 } = leg.setup
  const flaw = hops > MOST_HOPS ? `was passed on ${hops} times; expected at most ${MOST_HOPS}` : spreading(leg)
  if (flaw !== undefined) leg.warn(caution(32006, `the call ${flaw}`))
  return isDialable(noun) && flaw === undefined
}

function spreading({ chain: { calls } }: Leg): string | undefined {
  return calls < MOST_CALLS ? undefined : `brought about ${calls} others at numbers of this network; expected fewer`
}

const NOBODY_THERE: CallPlan = { outcome: 'failed', after: 0 }

/** What comes before the two are brought together; false where the callee is gone by then. */
async function prepare({ leg, noun }: Callee, plan: CallPlan, scene: Scene): Promise<boolean> {
  detectMachine(leg, { noun, plan, scene })
  const { sendDigits: digits } = noun.attributes
  if (digits !== undefined) await sendDigits(leg, digits)
  const whisper = hookOf(noun, { url: 'url', method: 'method' }, scene)
  if (!whisper) return true
  const stopPressing = pressWhenAsked(leg, plan.presses ?? '')
  const ending = await scene.play(leg, { kind: 'url', ...whisper }, WHISPER)
  stopPressing()
  if (ending.kind === 'over') leg.become('completed')
  return !leg.isOver
}

/** What a callee may hear before the two are brought together; a Dial there is an error of its own. */
const WHISPER = {
  verbs: new Set(['Say', 'Play', 'Gather', 'Hangup', 'Pause', 'Redirect']),
  refusals: { Dial: 13201 },
  extra: () => ({}),
}

/** Presses one key each time one is asked for. */
function pressWhenAsked(leg: Leg, keys: string): () => void {
  const left = [...keys]
  return leg.onTold((news) => {
    if (news.type !== 'listening' || !news.takes.includes('keys')) return
    const key = left.shift()
    if (key !== undefined) queueMicrotask(() => leg.give({ kind: 'key', key })) // the wait has to begin first
  })
}

/** Finds out beside the call who answered (twiml.md 6.4). */
function detectMachine(leg: Leg, { noun, plan, scene }: { noun: Element; plan: CallPlan; scene: Scene }): void {
  const { machineDetection, machineDetectionTimeout } = noun.attributes
  const callback = callbackOf(noun, 'amdStatusCallback', scene)
  if (!callback || machineDetection === undefined) return
  const mode = machineDetection === 'DetectMessageEnd' ? machineDetection : 'Enable'
  const found = detected(plan, { mode, timeout: numberOf(machineDetectionTimeout, USUAL_TIMEOUT_S) })
  detectBeside(leg, found, callback)
}

import type { Params } from '../support/carrier.ts'
import type { Act, Call } from '../support/phone.ts'
import type { Dice } from './dice.ts'
import { HOSTILE } from './hostile.ts'

/** Acts as the dice fall at every verb of a call, until it is over or the caller is tired of it. */
export async function callAtRandom(call: Call, thrown: Dice, mood: Mood): Promise<void> {
  await call.dial()
  for (let verbs = 0; verbs < 300 && !call.isOver; verbs += 1) {
    await call.act(mood.isTired() ? HANG_UP : await actAt(call.verb, thrown, mood))
  }
}

/** What drives a caller. */
export interface Mood {
  /** Does mostly what the flow hopes for, so that its depths are reached. */
  readonly isKind: boolean
  isTired(): boolean
  /** What the flow is waiting to hear, as far as can be known. */
  steered(): Promise<readonly string[]>
}

/** One of the answers the flow is waiting to hear, or nothing where another is to be given. */
export async function wanted(thrown: Dice, mood: Mood): Promise<string | undefined> {
  const steered = await mood.steered()
  return thrown.chance(mood.isKind ? 0.92 : 0.5) ? thrown.draw(steered) : undefined
}

const HANG_UP = { do: 'hang-up' } as const
const LISTEN = { do: 'listen' } as const

async function actAt(verb: Call['verb'], thrown: Dice, mood: Mood): Promise<Act> {
  if (thrown.chance(mood.isKind ? 0.005 : 0.04)) return hangUp(thrown)
  switch (verb?.name) {
    case 'Gather':
      return thrown.chance(mood.isKind ? 0.04 : 0.15)
        ? LISTEN
        : answering(verb.attributes.input ?? '', thrown, await wanted(thrown, mood))
    case 'Record':
      return recording(thrown)
    case 'Dial':
    case 'Enqueue':
    case 'Pay':
    case 'Connect':
    case 'Refer':
      if (thrown.chance(mood.isKind ? 0.03 : 0.2)) return hangUp(thrown)
      return { do: 'finish', params: ending(verb.name, thrown) }
    default:
      return LISTEN
  }
}

function answering(input: string, thrown: Dice, wanted: string | undefined): Act {
  const isTyped = wanted !== undefined && /^[\d*#]+$/.test(wanted)
  if (input.includes('speech') && thrown.chance(isTyped ? 0.2 : 0.8)) {
    return { do: 'speak', text: wanted ?? thrown.pick(['Yes.', 'no', 'sales please', thrown.pick(HOSTILE)]) }
  }
  const digits = isTyped ? wanted : String(thrown.below(thrown.pick([10, 10, 10_000, 9_999_999])))
  return { do: 'press', keys: digits + thrown.pick(['', '#']) }
}

function hangUp(thrown: Dice): Act {
  return { do: 'hang-up', callback: thrown.pick(['first', 'meanwhile', 'last']) }
}

function recording(thrown: Dice): Act {
  const kind = thrown.below(10)
  if (kind < 2) return LISTEN
  if (kind < 5) return hangUp(thrown)
  return { do: 'record', seconds: 1 + thrown.below(60), ...(thrown.chance(0.5) && { key: '#' }) }
}

function ending(verb: 'Dial' | 'Enqueue' | 'Pay' | 'Connect' | 'Refer', thrown: Dice): Params {
  switch (verb) {
    case 'Dial': {
      const status = thrown.pick(['completed', 'answered', 'busy', 'no-answer', 'failed', 'canceled'])
      const connected = { DialCallSid: `CA${thrown.hex(32)}`, DialCallDuration: '9', DialBridged: 'true' }
      return { DialCallStatus: status, ...(status === 'completed' ? connected : { DialBridged: 'false' }) }
    }
    case 'Enqueue':
      return { QueueResult: thrown.pick(QUEUE_RESULTS), QueueSid: `QU${thrown.hex(32)}`, QueueTime: '31' }
    case 'Pay':
      return { Result: thrown.pick(PAY_RESULTS), PaymentCardNumber: 'xxxx-xxxxxx-x4001', ExpirationDate: '0530' }
    case 'Connect':
      return {
        VirtualAgentStatus: thrown.pick(AGENT_STATUSES),
        VirtualAgentProvider: 'provider',
        VirtualAgentProviderData: '{"ConversationId":"1"}',
      }
    case 'Refer':
      return { ReferCallStatus: thrown.pick(['in-progress', 'busy', 'no-answer', 'failed']) }
    default:
      return verb satisfies never
  }
}

const QUEUE_RESULTS = [
  'bridged',
  'bridging-in-process',
  'error',
  'leave',
  'redirected',
  'queue-full',
  'system-error',
] as const
const PAY_RESULTS = [
  'success',
  'too-many-failed-attempts',
  'payment-connector-error',
  'caller-interrupted-with-star',
  'validation-error',
  'internal-error',
] as const
const AGENT_STATUSES = ['completed', 'live-agent-handoff', 'failed', 'paused', 'timeout'] as const

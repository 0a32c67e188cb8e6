import type { Network } from '../../src/simulator/network.ts'
import type { CallPlan, MessagePlan, PaymentPlan, QueuePlan } from '../../src/simulator/plans.ts'
import type { Dice } from './dice.ts'

/** Decides by the dice what everybody does who is dialled, whom a queue leads to, who is paid, who gets messages. */
export function planFarEnds(network: Network, thrown: Dice, own: string): void {
  const talks = 1 + thrown.below(20)
  const outcome = thrown.pick<CallPlan['outcome']>(['answered', 'answered', 'busy', 'no-answer', 'failed'])
  const answeredBy = thrown.pick<NonNullable<CallPlan['answeredBy']>>(['human', 'machine', 'fax', 'unknown'])
  for (const address of ['*', own]) network.plans.calls.set(address, { outcome, after: 2, talks, answeredBy }) // a flow that dials itself would have no end
  network.plans.queues.set('*', thrown.pick<QueuePlan>(QUEUES))
  network.plans.conferences.set('*', [{ after: 3, stays: talks, starts: true, ends: true, comes: 'alone' }])
  network.plans.payments.set('*', thrown.pick<PaymentPlan>(PAYMENTS))
  network.plans.connects.set('VirtualAgent', { after: 5, params: { VirtualAgentStatus: thrown.pick(AGENT_STATUSES) } })
  network.plans.connects.set('ConversationRelay', {
    after: 5,
    params: { SessionStatus: thrown.pick(['ended', 'failed']) },
  })
  network.plans.messages.set('*', thrown.pick<MessagePlan>(MESSAGES))
}

const QUEUES: readonly [QueuePlan, ...QueuePlan[]] = [
  { kind: 'answered', after: 5, talks: 10 },
  { kind: 'answered', after: 0, talks: 2 },
  { kind: 'nobody' },
  { kind: 'queue-full' },
  { kind: 'system-error' },
  { kind: 'error' },
]

const PAYMENTS: readonly [PaymentPlan, ...PaymentPlan[]] = [
  { kind: 'accepted' },
  { kind: 'declined', error: 'insufficient funds', errorCode: '51' },
  { kind: 'internal-error' },
]

const AGENT_STATUSES = ['completed', 'live-agent-handoff', 'failed', 'paused', 'timeout'] as const

const MESSAGES: readonly [MessagePlan, ...MessagePlan[]] = [
  { outcome: 'delivered' },
  { outcome: 'delivered' },
  { outcome: 'sent' },
  { outcome: 'read' },
  { outcome: 'undelivered', code: 30003 },
  { outcome: 'failed', code: 30008 },
  { outcome: 'refused', code: 21610 },
]

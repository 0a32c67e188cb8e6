import type { Input } from '../call/input.ts'
import type { Member, Partner } from './queues.ts'

/** What a queued caller and the call that took them let each other know. */
interface Word {
  readonly member: Member
  readonly says: 'taken' | 'ready' | 'over'
}

/** Lets the call know that took a caller; an agent by plan needs no word. */
export function tellPartner(partner: Partner, member: Member, says: Word['says']): void {
  if (partner.kind === 'call') partner.leg.give({ kind: 'signal', about: { member, says } satisfies Word })
}

/** Lets a queued caller know that the other end is gone. */
export function tellMember(member: Member): void {
  member.leg.give({ kind: 'signal', about: { member, says: 'over' } satisfies Word })
}

/** Whether an input is a word about this caller. */
export function isWordOf(member: Member, input: Input): boolean {
  return wordOf(member, input) !== undefined
}

/** What is said about this caller, if anything. */
export function wordOf(member: Member, input: Input | undefined): Word['says'] | undefined {
  if (input?.kind !== 'signal' || typeof input.about !== 'object' || input.about === null) return undefined
  const { member: who, says } = input.about as Partial<Word> // every field is looked at before it is used
  return who === member ? says : undefined
}

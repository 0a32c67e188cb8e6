import type { ManualClock } from '../../src/clock/manual-clock.ts'
import type { Listening } from '../../src/simulator/call/waiting.ts'
import type { Person } from '../../src/simulator/people/person.ts'
import type { Time } from '../../src/simulator/time.ts'
import type { Dice } from './dice.ts'
import { HOSTILE } from './hostile.ts'

/** Somebody who calls, and what drives them. */
export interface Calling extends Mood {
  readonly caller: Person
  readonly clock: ManualClock
  readonly time: Time
  /** Decides anew what others do who are dialled, queued with, or paid. */
  changeFarEnds(): void
}

/** What drives somebody. */
export interface Mood {
  /** Does mostly what the flow hopes for, so that its depths are reached. */
  readonly isKind: boolean
  isTired(): boolean
  /** What the flow is waiting to hear, as far as can be known. */
  steered(): Promise<readonly string[]>
}

/** Acts as the dice fall whenever something is asked, and now and then before, until the call is over or the caller is tired of it. */
export async function callAtRandom(call: Calling, thrown: Dice): Promise<void> {
  const { caller, clock, time } = call
  for (let moments = 0; moments < MOST_MOMENTS; moments += 1) {
    call.changeFarEnds()
    await time.settle()
    if (caller.leg.isOver) return
    if (moments === MOST_MOMENTS - 1 || call.isTired() || thrown.chance(call.isKind ? 0.003 : 0.02)) {
      await caller.hangUp()
    } else if (caller.leg.listening) {
      await answer(caller.leg.listening, call, thrown)
    } else clock.step()
  }
}

const MOST_MOMENTS = 600

/** One of the answers the flow is waiting to hear, or nothing where another is to be given. */
export async function wanted(thrown: Dice, mood: Mood): Promise<string | undefined> {
  const steered = await mood.steered()
  return thrown.chance(mood.isKind ? 0.92 : 0.5) ? thrown.draw(steered) : undefined
}

async function answer({ verb, takes }: Listening, call: Calling, thrown: Dice): Promise<void> {
  const { caller, isKind } = call
  if (thrown.chance(isKind ? 0.05 : 0.15)) return caller.beSilent()
  if (verb === 'Pay') return caller.press(thrown.pick(PAYMENTS))
  if (takes.includes('voice')) return leaveMessage(caller, thrown)
  const wish = await wanted(thrown, call)
  const isTyped = wish !== undefined && /^[\d*#]+$/.test(wish)
  const speaks = takes.includes('speech') && (!takes.includes('keys') || thrown.chance(isTyped ? 0.2 : 0.8))
  if (speaks) return caller.say(wish ?? thrown.pick(['Yes.', 'no', 'sales please', thrown.pick(HOSTILE)]))
  const digits = isTyped ? wish : String(thrown.below(thrown.pick([10, 10, 10_000, 9_999_999])))
  return caller.press(digits + thrown.pick(['', '#']))
}

/** A card number, its date, its code, its postal code, something wrong, and the way out. */
const PAYMENTS = ['4111111111111111', '1229', '123', '94105#', '99', '*'] as const

async function leaveMessage(caller: Person, thrown: Dice): Promise<void> {
  if (thrown.chance(0.2)) return caller.beSilent()
  await caller.talk(1 + thrown.below(60))
  if (caller.leg.isOver) return
  if (thrown.chance(0.4)) return caller.hangUp()
  if (caller.leg.listening?.takes.includes('keys') && thrown.chance(0.5)) return caller.press('#')
}

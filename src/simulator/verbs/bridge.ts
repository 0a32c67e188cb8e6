import { LONGEST_CALL_S } from '../call/dialling.ts'
import type { Input } from '../call/input.ts'
import { isAbout } from '../call/input.ts'
import type { Leg } from '../call/leg.ts'
import type { Waiting } from '../call/waiting.ts'
import { numberOf } from '../document/attributes.ts'
import type { Element } from '../document/element.ts'

/** What two who talk with each other may do to end it. */
interface Bridge {
  /** The Dial, with its `hangupOnStar` and `timeLimit`. */
  readonly dial: Element
  /** Whether an input says that the other end is gone. */
  isOver(input: Input): boolean
  /** The call at a number of this network that was reached: it is given what the caller presses and says. */
  readonly far?: Leg | undefined
}

/** Lets a caller talk until the other end goes, the caller presses `*`, or the time is up (twiml.md 4.6). Throws `Interrupted`. */
export async function stayBridged(leg: Leg, { dial, isOver, far }: Bridge): Promise<void> {
  const { clock } = leg.ground
  const endsAt = clock.now() + numberOf(dial.attributes.timeLimit, LONGEST_CALL_S) * 1_000
  const isEnd = (input: Input) => isOver(input) || (hasStar(dial) && isStar(input))
  const stopHearing = far?.onTold(() => leg.give({ kind: 'signal', about: far }))
  try {
    for (;;) {
      const input = await leg.wait({
        seconds: Math.max(endsAt - clock.now(), 0) / 1_000,
        takes: (given) => isEnd(given) || (far !== undefined && (isAbout(far, given) || isOfPerson(given))),
        ...listeningTo(dial, far),
      })
      if (!input || isEnd(input)) return
      if (isOfPerson(input)) far?.give(input)
    }
  } finally {
    stopHearing?.()
  }
}

/** Whoever reached a menu is asked what the menu asks. */
function listeningTo(dial: Element, far: Leg | undefined): Pick<Waiting, 'listening'> {
  if (far?.listening) return { listening: far.listening }
  return hasStar(dial) ? { listening: { verb: 'Dial', takes: ['keys'] } } : {}
}

function hasStar({ attributes: { hangupOnStar } }: Element): boolean {
  return hangupOnStar === 'true'
}

function isStar(input: Input): boolean {
  return input.kind === 'key' && input.key === '*'
}

function isOfPerson({ kind }: Input): boolean {
  return kind !== 'signal'
}

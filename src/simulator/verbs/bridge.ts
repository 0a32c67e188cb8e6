import type { Element } from '../element.ts'
import type { Input, Leg } from '../leg.ts'
import { numberOf } from '../parameters.ts'

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
  const { clock } = leg.office
  const endsAt = clock.now() + numberOf(dial.attributes.timeLimit, LONGEST_CALL_S) * 1_000
  const star = dial.attributes.hangupOnStar === 'true'
  const stopHearing = far?.onTold(() => leg.give({ kind: 'signal', about: far }))
  try {
    for (;;) {
      const input = await leg.wait({
        seconds: Math.max(endsAt - clock.now(), 0) / 1_000,
        takes: (given) =>
          isOver(given) || isAbout(far, given) || (star && isStar(given)) || (far && isOfPerson(given)) || false,
        ...listeningTo(far, star),
      })
      if (!input || isOver(input) || (star && isStar(input))) return
      if (isOfPerson(input)) far?.give(input)
    }
  } finally {
    stopHearing?.()
  }
}

/** Four hours. */
const LONGEST_CALL_S = 14_400

/** Whoever reached a menu is asked what the menu asks. */
function listeningTo(far: Leg | undefined, star: boolean) {
  const listening = far?.listening ?? (star ? ({ verb: 'Dial', takes: ['keys'] } as const) : undefined)
  return listening && { listening }
}

function isStar(input: Input): boolean {
  return input.kind === 'key' && input.key === '*'
}

function isOfPerson({ kind }: Input): boolean {
  return kind !== 'signal'
}

function isAbout(far: Leg | undefined, input: Input): boolean {
  return far !== undefined && input.kind === 'signal' && input.about === far
}

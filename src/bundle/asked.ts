import type { Effect } from '../engine/effect.ts'
import type { EventType, FlowEvent } from '../engine/event.ts'
import { topFrame } from '../engine/execution.ts'
import type { TwimlDocument } from '../twiml/verbs.ts'
import type { Replayed } from './replay.ts'

/** What a visit has asked the outside for: an effect, or a document that it told the carrier. Times are epoch milliseconds. */
export interface Asked {
  readonly wish: Wish
  readonly askedAt: number
  /** When it was set about; nothing where that was not kept. */
  readonly begunAt?: number | undefined
  /** Nothing while it is still to be answered, and where that never came to pass. */
  readonly answer?: FlowEvent | undefined
  readonly answeredAt?: number | undefined
  /** How often the outside was asked. */
  readonly attempts?: number | undefined
}

export type Wish =
  | { readonly kind: 'effect'; readonly effect: Effect }
  | { readonly kind: 'document'; readonly document: TwimlDocument }

/** What a visit asked for in these moves of its execution, each with the first answer that came to it. */
export function askedIn(moves: readonly Replayed[], step: string): readonly Asked[] {
  return moves.flatMap((move, index) =>
    topFrame(move.execution).step === step
      ? wishesOf(move).map((wish) => asked(wish, move, answerTo(wish, moves.slice(index + 1), step)))
      : [],
  )
}

/** A document that was told before is none that is asked for now. */
function wishesOf({ effect, execution, before }: Replayed): readonly Wish[] {
  const { document } = execution
  return [
    ...(effect ? [{ kind: 'effect', effect } as const] : []),
    ...(document && document !== before?.document ? [{ kind: 'document', document } as const] : []),
  ]
}

function asked(wish: Wish, { moment }: Replayed, answer: Replayed | undefined): Asked {
  const { performed } = answer ?? {}
  return {
    wish,
    askedAt: moment.now,
    ...(answer && { answer: answer.event, answeredAt: answer.moment.now }),
    ...(performed && { begunAt: performed.begun, attempts: performed.attempts ?? 1 }),
  }
}

/** A carrier that names no visit asks once more for what it was told. */
function answerTo(wish: Wish, moves: readonly Replayed[], step: string): Replayed | undefined {
  const answers = wish.kind === 'document' ? TOLD : ANSWERS[wish.effect.type]
  return moves.find(({ event }) => answers.includes(event.type) && (event.step === step || event.type === 'call-ended'))
}

/** By what the carrier comes back that was told a document. */
const TOLD: readonly EventType[] = ['continued', 'call-ended']

/** By what each effect is answered. */
const ANSWERS: Readonly<Record<Effect['type'], readonly EventType[]>> = {
  'http-request': ['http-responded'],
  'send-message': ['message-sent', 'message-refused'],
  'post-message': ['message-sent', 'message-refused'],
  'start-conversation': ['conversation-opened', 'conversation-refused'],
  'resume-conversation': ['conversation-opened', 'conversation-refused'],
  'leave-conversation': ['conversation-left'],
  'hand-over': ['handed-over', 'hand-over-refused'],
  'place-call': ['call-placed', 'call-refused'],
  'record-call': ['recording-changed', 'recording-refused'],
}

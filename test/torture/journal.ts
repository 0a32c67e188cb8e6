/** What the torture itself has seen, independently of the server: nothing here comes from the server's own account. Times are epoch milliseconds. */
export class Journal {
  readonly kills: number[] = []
  readonly stops: number[] = []
  /** Lives that were over before they had begun. */
  stillborn = 0
  /** When each life of the server began that followed one which was killed. */
  readonly rebirths: number[] = []
  readonly calls: CallSeen[] = []
  readonly deliveries: Delivery[] = []
  readonly heard: Heard[] = []
  /** What REST was told to end, by the sid of the execution. */
  readonly ended = new Map<string, Ending>()
  /** What somebody outside found wrong at once. */
  readonly complaints: string[] = []
  /** How often the server has told the carrier to come back. */
  refusals = 0
  /** What became of each request to the outside. */
  readonly fates: Fate[] = []
  #ids = 0

  /** A name that nothing else has. */
  id(): string {
    this.#ids += 1
    return `d${this.#ids}`
  }

  /** Notes with what code a server has stopped that was told to. */
  expectStopped(code: number | null): void {
    if (code !== 0) this.complaints.push(`a stop ended with ${code}`)
  }

  /** Whether the server was killed and begun again between two times. */
  isReborn(from: number, to: number): boolean {
    return this.rebirths.some((at) => from <= at + LAST_WORDS_MS && at <= to)
  }
}

/** What a process has sent may be read a moment after its end, on a busy machine half a second. */
const LAST_WORDS_MS = 500

/** What becomes of a request: it is done and answered, soon or late; it is refused for now; or the connection breaks before it is done, or after. */
export type Fate = 'fine' | 'slow' | 'busy' | 'broken' | 'unheard' | 'unanswered'

/** A call and the keys that were pressed in it. */
export interface CallSeen {
  readonly sid: string
  /** Those whose requests were answered. */
  readonly entered: string
  /** The last one, where its request was not answered: it may have been taken. */
  readonly doubtful: string
}

/** An end that was asked for over REST. */
export interface Ending {
  /** When it was answered that it is so; nothing, where nobody said so. */
  at?: number
}

/** A webhook, or a request over REST, that was sent until it was answered or until nobody asked any more. */
export interface Delivery {
  /** It goes with every attempt, as a parameter of its own: what moved an execution is known by it. */
  readonly id: string
  readonly kind: DeliveryKind
  readonly sentAt: number
  attempts: number
  answer?: Answer
  /** Where the carrier has waited for as long as it does, and has hung up: what was on its way then may have been lost. */
  isGivenUp?: boolean
}

export type DeliveryKind =
  | 'call'
  | 'call-act'
  | 'call-end'
  | 'placed-call'
  | 'message'
  | 'message-status'
  | 'talk'
  | 'own-talk'
  | 'rest'
  | 'rest-of-answer'

export interface Answer {
  /** When the attempt was made that it is for: whichever life has answered lived then. */
  readonly askedAt: number
  readonly at: number
  readonly status: number
  readonly body: string
}

/** Something that a flow asked of the outside, as the outside heard it. */
export interface Heard {
  /** Of what an answer says, when that was asked for: on a busy machine it is read long after the life is over that has said it. */
  readonly at: number
  /** Which visit of which widget of which execution it is for, as the flow says. */
  readonly tag: Tag
  /** The same for all that is asked for once: the idempotency token, or the delivery in whose answer it was said. */
  readonly token: string
  /** How it came here. */
  readonly by: 'request' | 'answer'
  /** False where the server has to ask again by itself: it was told to, and nothing was done. */
  readonly isTaken: boolean
}

export interface Tag {
  readonly execution: string
  readonly widget: string
  /** How often the flow has been there. */
  readonly count: string
}

/** The tag as flows write it into what they send. */
export const TAG_PATTERN = /\[(FN\w+) (\w+) ([\w-]*)\]/g

/** The tags in a text. */
export function tagsIn(text: string): Tag[] {
  return [...text.matchAll(TAG_PATTERN)].map(([, execution = '', widget = '', count = '']) => ({
    execution,
    widget,
    count,
  }))
}

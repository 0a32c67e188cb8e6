import type { Params } from './line/web-request.ts'
import type { Problem } from './problem.ts'

/** What can be seen of a simulation, in the order in which it happens. `sid` is that of the call or the message it belongs to. */
export type Happening = {
  /** Epoch milliseconds. */
  readonly at: number
  readonly sid: string
} & (
  | {
      readonly type: 'asked'
      readonly method: 'GET' | 'POST'
      readonly url: string
      readonly params: Params
      readonly wants?: 'media'
    }
  | {
      readonly type: 'answered'
      /** As it was asked, whatever it was redirected to. */
      readonly url: string
      readonly status: number
      readonly contentType: string
      /** Of what is played there is none. */
      readonly body: string
    }
  /** With the URL that was asked, where it is why no answer came. */
  | { readonly type: 'problem'; readonly problem: Problem; readonly url?: string }
  /** A call has another status; `from` and `to` are its ends. */
  | {
      readonly type: 'call'
      readonly status: CallStatus
      readonly direction: CallDirection
      readonly from: string
      readonly to: string
    }
  | {
      readonly type: 'said'
      readonly text: string
      readonly voice?: string
      readonly language?: string
      readonly times?: number
    }
  | { readonly type: 'played'; readonly url: string; readonly times?: number }
  | { readonly type: 'toned'; readonly digits: string }
  | { readonly type: 'paused'; readonly seconds: number }
  /** Something is expected of the person. */
  | { readonly type: 'listening'; readonly verb: string; readonly takes: readonly Taken[] }
  /** Nothing was given before the time was up. */
  | { readonly type: 'silence'; readonly seconds: number }
  | { readonly type: 'pressed'; readonly keys: string }
  | { readonly type: 'spoke'; readonly text: string }
  | { readonly type: 'talked'; readonly seconds: number }
  | { readonly type: 'hung-up'; readonly by: 'person' | 'server' }
  | { readonly type: 'recorded'; readonly recordingSid: string; readonly seconds: number; readonly url: string }
  /** Another end was dialled, or reached, or is gone. */
  | { readonly type: 'dialled'; readonly target: string; readonly noun: string }
  | { readonly type: 'connected'; readonly target: string }
  | { readonly type: 'disconnected'; readonly target: string; readonly status: string; readonly seconds: number }
  | { readonly type: 'queued'; readonly queue: string }
  | { readonly type: 'dequeued'; readonly queue: string; readonly result: string }
  /** Whatever else goes on: a payment step, a stream, a conference. */
  | { readonly type: 'noted'; readonly text: string }
  | {
      readonly type: 'message'
      readonly direction: 'inbound' | 'outbound'
      readonly from: string
      readonly to: string
      readonly body: string
      readonly media: readonly string[]
    }
  | { readonly type: 'message-status'; readonly status: string; readonly errorCode?: number }
)

/** What a person may give to a verb. */
export type Taken = 'keys' | 'speech' | 'voice'

/** How a call stands (twiml.md 2.3). */
/** Who has asked for a call: a person, an application over REST, or a Dial. */
export type CallDirection = 'inbound' | 'outbound-api' | 'outbound-dial'

export type CallStatus =
  | 'queued'
  | 'initiated'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'failed'
  | 'no-answer'
  | 'canceled'

/** What a happening says beside its time and its sid. */
export type News = Happening extends infer One ? (One extends unknown ? Omit<One, 'at' | 'sid'> : never) : never

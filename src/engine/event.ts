import type { Fields } from './fields.ts'

/** Parameters of a webhook exactly as the carrier sent them. */
export type Params = Readonly<Record<string, string>>

/** Everything that can happen to an execution from outside, in the past tense. One that names a step concerns only that visit: elsewhere it is stale and moves nothing. */
export type FlowEvent = { readonly step?: string | undefined } & (
  | { readonly type: 'incoming-call'; readonly params: Params }
  | { readonly type: 'incoming-message'; readonly params: Params }
  | { readonly type: 'incoming-conversation-message'; readonly params: Params }
  | { readonly type: 'incoming-request'; readonly to: string; readonly from: string; readonly parameters: Fields }
  /** The carrier came back for the next TwiML document of a call or of a message. */
  | { readonly type: 'continued'; readonly params: Params }
  | { readonly type: 'call-ended'; readonly params: Params }
  | { readonly type: 'message-status'; readonly params: Params }
  | { readonly type: 'http-responded'; readonly outcome: HttpOutcome }
  | { readonly type: 'message-sent'; readonly message: Fields }
  | { readonly type: 'message-refused'; readonly message: Fields; readonly reason: string }
  /** A conversation with its webhook, the resources as the carrier's API has them. */
  | {
      readonly type: 'conversation-opened'
      readonly conversation: Fields
      readonly participants: readonly Fields[]
      readonly webhookSid: string
    }
  | { readonly type: 'conversation-refused'; readonly reason: string }
  /** What could be taken off is; the reason says what could not. */
  | { readonly type: 'conversation-left'; readonly reason?: string | undefined }
  /** The task or the interaction as the carrier's API has it. */
  | { readonly type: 'handed-over'; readonly resource: Fields }
  | { readonly type: 'hand-over-refused'; readonly reason: string }
  /** The carrier has taken a call on; nobody has answered yet. */
  | { readonly type: 'call-placed'; readonly call: Fields }
  | { readonly type: 'call-refused'; readonly reason: string }
  /** Somebody has answered a placed call, and the carrier asks for its first TwiML document. */
  | { readonly type: 'call-answered'; readonly params: Params }
  /** What became of a placed call that the execution does not have. */
  | { readonly type: 'call-reported'; readonly params: Params }
  | { readonly type: 'recording-changed'; readonly recording: Fields }
  | { readonly type: 'recording-refused'; readonly reason: string }
  | { readonly type: 'time-ran-out' }
  /** Somebody has put an end to it. */
  | { readonly type: 'stopped' }
)

export type EventType = FlowEvent['type']

/** The events that begin an execution. */
export type StartEvent = Extract<
  FlowEvent,
  { type: 'incoming-call' | 'incoming-message' | 'incoming-conversation-message' | 'incoming-request' }
>

/** What came of an HTTP request: an answer of any status, or none. */
export type HttpOutcome =
  | {
      readonly ok: true
      readonly status: number
      /** Media type in lower case, without parameters. */
      readonly contentType: string
      readonly headers: Readonly<Record<string, string>>
      readonly body: string
    }
  | { readonly ok: false; readonly reason: string; readonly message: string }

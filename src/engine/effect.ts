import type { ConversationAddress } from './conversation.ts'

/** Everything a widget can ask for, in the imperative. Each is answered by an event. */
export type Effect =
  | HttpRequestEffect
  | SendMessageEffect
  | PostMessageEffect
  | StartConversationEffect
  | ResumeConversationEffect
  | LeaveConversationEffect
  | HandOverEffect
  | PlaceCallEffect
  | RecordCallEffect

/** Answered by `http-responded`. */
export interface HttpRequestEffect {
  readonly type: 'http-request'
  readonly method: 'GET' | 'POST'
  /** Absolute; a function may also be named by its path here, `/order-status`, or by its sid alone. */
  readonly url: string
  readonly contentType?: string | undefined
  readonly body?: string | undefined
  /** Sent as a form body; takes the place of `body`. */
  readonly form?: readonly (readonly [name: string, value: string])[] | undefined
  /** Signs in at Twilio's own API with the account's credentials. */
  readonly authenticate?: boolean | undefined
  /** It calls a function: one that is served here is called without the network. */
  readonly function?: { readonly sid?: string | undefined } | undefined
}

/** Answered by `message-sent` or `message-refused`. */
export interface SendMessageEffect {
  readonly type: 'send-message'
  /** A number, a channel address or a Messaging Service sid. */
  readonly from: string
  readonly to: string
  readonly body?: string | undefined
  readonly mediaUrl?: string | undefined
  readonly contentSid?: string | undefined
  /** JSON text, as the carrier's API takes it. */
  readonly contentVariables?: string | undefined
  readonly shortenUrls?: boolean | undefined
  readonly statusCallback?: string | undefined
}

/** Writes into a conversation. Answered by `message-sent` or `message-refused`. */
export interface PostMessageEffect {
  readonly type: 'post-message'
  readonly conversation: ConversationAddress
  /** The name under which it is written. */
  readonly author: string
  readonly body?: string | undefined
  readonly contentSid?: string | undefined
  /** JSON text, as the carrier's API takes it. */
  readonly contentVariables?: string | undefined
  /** JSON text. */
  readonly attributes?: string | undefined
}

/** Begins a conversation with somebody and has its messages brought to the flow. Answered by `conversation-opened` or `conversation-refused`; one that is left half made by a crash stays, and another one is begun. */
export interface StartConversationEffect {
  readonly type: 'start-conversation'
  readonly serviceSid?: string | undefined
  readonly friendlyName?: string | undefined
  /** JSON text. */
  readonly attributes?: string | undefined
  readonly messagingServiceSid?: string | undefined
  /** ISO 8601 durations. */
  readonly timers: { readonly inactive?: string | undefined; readonly closed?: string | undefined }
  readonly participant: NewParticipant
  /** The flow's webhook. */
  readonly webhookUrl: string
}

/** Somebody who chats under a name, or whose phone writes to a number of ours. */
export type NewParticipant = { readonly identity: string } | { readonly address: string; readonly proxyAddress: string }

/** Has the messages of a conversation brought to the flow. Answered as the beginning of one is. */
export interface ResumeConversationEffect {
  readonly type: 'resume-conversation'
  readonly conversation: ConversationAddress
  /** JSON text. */
  readonly attributes?: string | undefined
  /** Events such as `onMessageAdded`. */
  readonly filters: readonly string[]
  /** The flow's webhook. */
  readonly webhookUrl: string
}

/** Takes off what was put up in a conversation, after the end of an execution. Answered by `conversation-left`. */
export interface LeaveConversationEffect {
  readonly type: 'leave-conversation'
  readonly conversation: ConversationAddress
  readonly webhookSid: string
  readonly closes: boolean
}

/** Hands whoever writes over to agents: a conversation, or a task for a message. Answered by `handed-over` or `hand-over-refused`; done twice for a crash, it makes two tasks. */
export interface HandOverEffect {
  readonly type: 'hand-over'
  readonly workflowSid: string
  /** Sid or unique name of a task channel. */
  readonly taskChannel?: string | undefined
  /** JSON text of an object. */
  readonly attributes: string
  readonly priority?: number | undefined
  /** Seconds. */
  readonly timeout?: number | undefined
  /** `sms`, `whatsapp`, `web` and the like. */
  readonly channelType: string
  /** Absent: a message outside of any. */
  readonly conversation?: ConversationAddress | undefined
}

/** Answered by `call-placed` or `call-refused`. */
export interface PlaceCallEffect {
  readonly type: 'place-call'
  readonly from: string
  /** A number, a client or a SIP address. */
  readonly to: string
  /** Where the carrier asks what whoever answers is to hear. */
  readonly url: string
  /** Where the end of the call is reported. */
  readonly statusCallback: string
  /** Seconds of ringing. */
  readonly timeout: number
  readonly sendDigits?: string | undefined
  readonly sipUsername?: string | undefined
  readonly sipPassword?: string | undefined
  /** Absent: the call is not recorded. */
  readonly recording?: RecordingWish | undefined
  /** Absent: whoever answers is taken for human. */
  readonly machineDetection?: MachineDetection | undefined
}

/** How a call is recorded; what is left out is up to the carrier. */
export interface RecordingWish {
  readonly channels?: 'mono' | 'dual' | undefined
  readonly trim?: 'trim-silence' | 'do-not-trim' | undefined
  readonly callback?: RecordingCallback | undefined
}

/** Who is told what becomes of a recording. */
export interface RecordingCallback {
  readonly url: string
  readonly method?: 'GET' | 'POST' | undefined
  readonly events?: readonly string[] | undefined
}

/** How it is found out who has answered; thresholds that are left out are up to the carrier. */
export interface MachineDetection {
  readonly mode: 'Enable' | 'DetectMessageEnd'
  /** Seconds. */
  readonly timeout: number
  /** Milliseconds. */
  readonly speechThreshold?: number | undefined
  /** Milliseconds. */
  readonly speechEndThreshold?: number | undefined
  /** Milliseconds. */
  readonly silenceTimeout?: number | undefined
}

/** Answered by `recording-changed` or `recording-refused`. */
export type RecordCallEffect = { readonly type: 'record-call'; readonly callSid: string } & (
  | { readonly change: 'start'; readonly recording: RecordingWish }
  | { readonly change: 'stop' }
)

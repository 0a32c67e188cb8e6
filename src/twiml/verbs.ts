/**
 * TwiML as data (twiml.md 3.2, 4 and 5). Every element has `verb`, its XML name; `text`, its content; `children`, what
 * nests in it. All other keys are attributes as TwiML spells them; an undefined one is left out.
 */
export type Verb = VoiceVerb | MessagingVerb

/** What an answer to the carrier is: verbs, or a document that somebody else wrote. */
export type TwimlDocument = readonly Verb[] | { readonly xml: string }

/** What may stand in the answer to a call. */
export type VoiceVerb =
  | Say
  | Play
  | Pause
  | Gather
  | Record
  | Dial
  | Enqueue
  | Pay
  | Connect
  | Start
  | Stop
  | Redirect
  | Empty<'Hangup'>
  | Reject

/** What may stand in the answer to a message. */
export type MessagingVerb = Message | Redirect

export type Method = 'GET' | 'POST'

/** SSML in the text counts as markup where it is well formed. */
export interface Say {
  readonly verb: 'Say'
  readonly text: string
  readonly voice?: string | undefined
  readonly language?: string | undefined
  readonly loop?: number | undefined
}

export interface Play {
  readonly verb: 'Play'
  /** The URL of the audio; nothing where digits are played. */
  readonly text?: string | undefined
  readonly digits?: string | undefined
  readonly loop?: number | undefined
}

export interface Pause {
  readonly verb: 'Pause'
  /** Seconds. */
  readonly length?: number | undefined
}

export interface Redirect {
  readonly verb: 'Redirect'
  readonly text: string
  readonly method?: Method | undefined
}

export interface Reject {
  readonly verb: 'Reject'
  readonly reason?: 'rejected' | 'busy' | undefined
}

/** Where the carrier goes on when a verb is done. */
interface Continuing {
  readonly action?: string | undefined
  readonly method?: Method | undefined
}

export interface Gather extends Continuing {
  readonly verb: 'Gather'
  readonly input: 'dtmf' | 'speech' | 'dtmf speech'
  /** Seconds. */
  readonly timeout?: number | undefined
  readonly finishOnKey?: string | undefined
  readonly numDigits?: number | undefined
  readonly language?: string | undefined
  readonly hints?: string | undefined
  readonly speechTimeout?: string | undefined
  readonly speechModel?: string | undefined
  readonly profanityFilter?: boolean | undefined
  readonly children: readonly (Say | Play | Pause)[]
}

export interface Record extends Continuing {
  readonly verb: 'Record'
  readonly timeout?: number | undefined
  readonly finishOnKey?: string | undefined
  readonly maxLength?: number | undefined
  readonly playBeep?: boolean | undefined
  readonly trim?: 'trim-silence' | 'do-not-trim' | undefined
  readonly transcribe?: boolean | undefined
  readonly transcribeCallback?: string | undefined
  readonly recordingStatusCallback?: string | undefined
}

export interface Dial extends Continuing {
  readonly verb: 'Dial'
  readonly callerId?: string | undefined
  readonly timeout?: number | undefined
  readonly timeLimit?: number | undefined
  readonly record?: 'record-from-answer' | undefined
  readonly children: readonly DialNoun[]
}

export type DialNoun = Noun<'Number'> | Noun<'Client'> | Noun<'Sim'> | Noun<'Conference'> | Sip

export interface Sip extends Noun<'Sip'> {
  readonly username?: string | undefined
  readonly password?: string | undefined
}

export interface Enqueue extends Continuing {
  readonly verb: 'Enqueue'
  /** The name of the queue; nothing where a workflow takes the call. */
  readonly text?: string | undefined
  readonly workflowSid?: string | undefined
  readonly waitUrl?: string | undefined
  readonly waitUrlMethod?: Method | undefined
  readonly children?: readonly Task[] | undefined
}

/** Its text is a JSON object. */
export interface Task extends Noun<'Task'> {
  readonly priority?: number | undefined
  readonly timeout?: number | undefined
}

export interface Pay {
  readonly verb: 'Pay'
  /** Asked by POST only: there is no attribute for it. */
  readonly action?: string | undefined
  readonly paymentConnector?: string | undefined
  readonly tokenType?: string | undefined
  readonly chargeAmount?: string | undefined
  readonly currency?: string | undefined
  readonly description?: string | undefined
  readonly validCardTypes?: string | undefined
  readonly language?: string | undefined
  readonly timeout?: number | undefined
  readonly maxAttempts?: number | undefined
  readonly securityCode?: boolean | undefined
  readonly postalCode?: string | undefined
  readonly minPostalCodeLength?: number | undefined
  readonly paymentMethod?: string | undefined
  readonly bankAccountType?: string | undefined
  readonly children?: readonly Parameter[] | undefined
}

export interface Connect extends Continuing {
  readonly verb: 'Connect'
  readonly children: readonly [VirtualAgent | ConversationRelay | Stream]
}

export interface VirtualAgent {
  readonly verb: 'VirtualAgent'
  readonly connectorName?: string | undefined
  readonly language?: string | undefined
  readonly sentimentAnalysis?: boolean | undefined
  readonly statusCallback?: string | undefined
  readonly statusCallbackMethod?: Method | undefined
  readonly children?: readonly (Config | Parameter)[] | undefined
}

export interface ConversationRelay {
  readonly verb: 'ConversationRelay'
  readonly url: string
  readonly welcomeGreeting?: string | undefined
  readonly language?: string | undefined
  readonly ttsProvider?: string | undefined
  readonly voice?: string | undefined
  readonly transcriptionProvider?: string | undefined
  readonly speechModel?: string | undefined
  readonly interruptible?: string | undefined
  readonly dtmfDetection?: boolean | undefined
  readonly children?: readonly Parameter[] | undefined
}

export interface Start {
  readonly verb: 'Start'
  readonly children: readonly [Stream | Siprec]
}

export interface Stop {
  readonly verb: 'Stop'
  readonly children: readonly [Stream | Siprec]
}

export type Track = 'inbound_track' | 'outbound_track' | 'both_tracks'

export interface Stream {
  readonly verb: 'Stream'
  readonly name?: string | undefined
  readonly url?: string | undefined
  readonly track?: Track | undefined
  readonly children?: readonly Parameter[] | undefined
}

export interface Siprec {
  readonly verb: 'Siprec'
  readonly name?: string | undefined
  readonly connectorName?: string | undefined
  readonly track?: Track | undefined
  readonly children?: readonly Parameter[] | undefined
}

export interface Parameter {
  readonly verb: 'Parameter'
  readonly name: string
  readonly value: string
}

export interface Config {
  readonly verb: 'Config'
  readonly name: string
  readonly value: string
}

export interface Message {
  readonly verb: 'Message'
  readonly statusCallback?: string | undefined
  readonly children: readonly (Noun<'Body'> | Noun<'Media'>)[]
}

/** An element that is its name and its text. */
interface Noun<Name extends string> {
  readonly verb: Name
  readonly text: string
}

interface Empty<Name extends string> {
  readonly verb: Name
}

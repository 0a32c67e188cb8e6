import type { ConversationAddress } from '../engine/conversation.ts'
import type {
  HandOverEffect,
  LeaveConversationEffect,
  PlaceCallEffect,
  PostMessageEffect,
  RecordCallEffect,
  ResumeConversationEffect,
  SendMessageEffect,
  StartConversationEffect,
} from '../engine/effect.ts'
import type { Fields } from '../engine/fields.ts'

/** The way out to the phone network. Every request has a token: a carrier that knows tokens does only once what comes twice under the same one. */
export interface Channel {
  /** Hands a message over; a refusal is an answer, not an error. */
  sendMessage(message: SendMessageEffect, token: string): Promise<Handed>
  /** Writes into a conversation. */
  postMessage(message: PostMessageEffect, token: string): Promise<Handed>
  /** Asks for the attributes of a conversation: most often the answers to a form that came before it. */
  readAttributes(conversation: ConversationAddress, token: string): Promise<Attributes>
  /** Begins a conversation with somebody in it, or takes one up, and puts up a webhook there. */
  openConversation(opening: StartConversationEffect | ResumeConversationEffect, token: string): Promise<Opened>
  /** Takes off that webhook. */
  leaveConversation(leaving: LeaveConversationEffect, token: string): Promise<Done>
  /** Hands somebody over to agents; the resource is spelt as the API spells it. */
  handOver(wish: HandOverEffect, token: string): Promise<Done>
  /** Has somebody called. */
  placeCall(call: PlaceCallEffect, token: string): Promise<Done>
  /** Starts or stops the recording of a call. */
  recordCall(change: RecordCallEffect, token: string): Promise<Done>
}

/** What became of a message: the Message resource with the key names that flows see, and why it was refused if it was. */
export type Handed = Insisted &
  (
    | { readonly ok: true; readonly message: Fields }
    | { readonly ok: false; readonly message: Fields; readonly reason: string }
  )

/** What the carrier did: the resource with the key names that flows see; or why it did nothing. */
export type Done = Insisted &
  ({ readonly ok: true; readonly resource: Fields } | { readonly ok: false; readonly reason: string })

/** The attributes of a conversation, an object in JSON; or why they are not to be had. */
export type Attributes = Insisted &
  ({ readonly ok: true; readonly json: string } | { readonly ok: false; readonly reason: string })

/** A conversation with those who are in it and the webhook put up there, the resources as the API has them. */
export type Opened = Insisted &
  (
    | {
        readonly ok: true
        readonly conversation: Fields
        readonly participants: readonly Fields[]
        readonly webhookSid: string
      }
    | { readonly ok: false; readonly reason: string }
  )

/** How often the carrier was asked, where once was not enough. */
export interface Insisted {
  readonly attempts?: number | undefined
}

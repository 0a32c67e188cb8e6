/** Everything a widget can ask for, in the imperative. Each is answered by an event. */
export type Effect = HttpRequestEffect | SendMessageEffect

/** Answered by `http-responded`. */
export interface HttpRequestEffect {
  readonly type: 'http-request'
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly contentType?: string | undefined
  readonly body?: string | undefined
  /** Sent as a form body; takes the place of `body`. */
  readonly form?: readonly (readonly [name: string, value: string])[] | undefined
  /** Signs in at Twilio's own API with the account's credentials. */
  readonly authenticate?: boolean | undefined
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

/** Who may ask for a function or an asset by its URL: anyone, whoever signs as Twilio does, or nobody (functions-flex.md A5). */
export type Visibility = 'public' | 'protected' | 'private'

/** A file that is served: a function is called, an asset is read. */
export interface Resource {
  readonly kind: 'function' | 'asset'
  /** Where it is served: `/sms/reply`, `/music/hold.mp3`. */
  readonly path: string
  /** Absolute path of the file. */
  readonly file: string
  readonly visibility: Visibility
}

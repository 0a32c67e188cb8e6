/** Where a number's calls and messages are answered. */
export interface Webhooks {
  readonly voice?: Hook | undefined
  readonly voiceFallback?: Hook | undefined
  /** "Call status changes". */
  readonly status?: Hook | undefined
  readonly message?: Hook | undefined
  readonly messageFallback?: Hook | undefined
}

/** An absolute URL that is asked or told something, and how. */
export interface Hook {
  readonly url: string
  readonly method: 'GET' | 'POST'
}

/** A hook that is told of the course of a call, or of a recording. */
export interface StatusCallback extends Hook {
  /** Of `initiated ringing answered completed` for a call, of `in-progress completed absent` for a recording. */
  readonly events: readonly string[]
}

/** Parameters of a request, one value a name. */
export type Params = Readonly<Record<string, string>>

/** What the carrier asks a server. */
export interface WebRequest {
  readonly method: 'GET' | 'POST'
  /** Absolute; what stands behind `#` steers the request and is not sent. */
  readonly url: string
  readonly params: Params
  /** Set where something is to be played: of whatever comes, only the beginning is read. */
  readonly wants?: 'media'
}

/** What a server answered, after redirects. */
export interface WebAnswer {
  readonly status: number
  /** Media type in lower case, without parameters; empty when there is none. */
  readonly contentType: string
  readonly body: string
  /** Where it came from. */
  readonly url: string
  /** The first bytes of what is played, in place of a text. */
  readonly beginning?: Uint8Array
}

/** One call of a function, be it by HTTP or by a widget (functions-flex.md A2). */
export interface FunctionCall {
  /** Path of the function: `/sms/reply`. */
  readonly path: string
  /** The fields of the handler's `event`, but for `request`: query and body merged, the body wins. */
  readonly fields: Readonly<Record<string, unknown>>
  /** Names in lower case; only those that functions may see. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly cookies: Readonly<Record<string, string>>
  /** Host and port under which the function is reached: `DOMAIN_NAME`. */
  readonly host: string
  /** Tells this call from others in the log. */
  readonly id: string
}

/** What a call of a function comes to; one that fails in whatever way has a status of 500, or 504 where it took too long (functions-flex.md A3). */
export interface FunctionAnswer {
  /** 200 to 599. */
  readonly status: number
  /** Such as HTTP can carry; a name can come more than once. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer
}

/** Calls functions; never rejects for what a function does. */
export interface FunctionCaller {
  call(call: FunctionCall): Promise<FunctionAnswer>
}

/** What the world adds to an event: the time, randomness and the address. The engine reads none of these itself. */
export interface Moment {
  /** Epoch milliseconds. */
  readonly now: number
  /** 24 random hexadecimal digits, fresh for each event. */
  readonly entropy: string
  /** The absolute URL of the flow's webhook. */
  readonly webhookUrl: string
}

/** The n-th sid of a moment: prefix and 32 hexadecimal digits, unique as long as entropy is. */
export function sidOf(prefix: string, moment: Moment, n: number): string {
  return prefix + moment.entropy + n.toString(16).padStart(8, '0')
}

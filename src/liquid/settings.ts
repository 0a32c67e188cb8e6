/** What bounds a template; every bound counts something, none is a clock, so a render always ends the same way. */
export interface LiquidSettings {
  /** The IANA time zone that the `date` filter writes in. */
  readonly timezone: string
  /** Loop turns of one render, all loops together. */
  readonly turns: number
  /** Characters that a render, or one `capture` in it, may write. */
  readonly outputLength: number
  /** Characters that a template may have. */
  readonly templateLength: number
  /** Steps of all templates of one visit: one for each character that is read or written, more for what takes longer; about 50 ns each. */
  readonly work: number
}

/** Studio's limits (engine.md 4.1); the last two are ours and keep a visit under some 30 ms and a few MB; the templates of real flows take a hundredth of it. */
export const STUDIO_LIQUID: LiquidSettings = {
  timezone: 'America/Los_Angeles',
  turns: 15,
  outputLength: 16_384,
  templateLength: 32_768,
  work: 600_000,
}

/** Studio's limits on one execution (engine.md 1.6); from `written` on they are ours, so that no flow holds up others. */
export const LIMITS = {
  /** Steps, those in subflows included. */
  steps: 1_000,
  /** Widgets of a flow, those of a subflow counted for each Run Subflow anew. */
  widgets: 2_000,
  /** The same widget in a row. */
  repeats: 10,
  /** Milliseconds: 30 days. */
  age: 30 * 24 * 60 * 60 * 1_000,
  /** Milliseconds after which, by the next full hour, a call that was not heard of any more is over: 24 hours, the carrier's longest call. */
  silence: 24 * 60 * 60 * 1_000,
  /** Milliseconds after the end of a call in which the last request of its verb may come: the carrier gives a webhook no longer. */
  parting: 15_000,
  /** Characters that one walk may have saved. */
  written: 2_000_000,
  /** Characters that the context may have when a walk begins. */
  context: 2_000_000,
  /** Characters of one widget in a definition. The largest of real flows have an eighth. */
  widgetLength: 100_000,
  /** Warnings of one visit. */
  warnings: 20,
} as const

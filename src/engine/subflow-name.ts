/** What a Run Subflow widget names; both are literals, never templates (widgets.md 3.21). */
export interface SubflowName {
  readonly flowSid: string
  /** `LatestPublished`, `LatestRevision` or a number as text. */
  readonly revision: string
}

/** The revision that a name stood for when the execution began; it runs that one to its end (engine.md 1.2 and 11). */
export interface PinnedSubflow extends SubflowName {
  readonly pinned: number
}

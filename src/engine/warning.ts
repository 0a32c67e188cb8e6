/** A line of an execution's log with a code of Studio's error dictionary (81000 to 81028). It changes nothing in the walk. */
export interface Warning {
  readonly code: number
  readonly message: string
}

/** The codes the engine and the widgets write, by what happened. */
export const WARNING = {
  tooManySteps: 81000,
  tooManyRepeats: 81001,
  unexpectedEvent: 81002,
  noMatch: 81005,
  conversationFailed: 81006,
  callTimedOut: 81007,
  callFailed: 81008,
  enqueueTimedOut: 81009,
  functionNotRun: 81010,
  messageNotSent: 81011,
  invalidUrl: 81014,
  taskNotCreated: 81015,
  httpFailed: 81016,
  functionAnswer: 81017,
  template: 81018,
  unsupported: 81020,
  subflowRevision: 81021,
  subflow: 81024,
  tooManyWidgets: 81026,
  parse: 81027,
  waitUrl: 81028,
} as const

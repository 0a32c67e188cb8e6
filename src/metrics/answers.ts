/** The events that answer effects. */
export const ANSWERS: ReadonlySet<string> = new Set([
  ...['http-responded', 'message-sent', 'message-refused', 'conversation-opened', 'conversation-refused'],
  ...['conversation-left', 'handed-over', 'hand-over-refused', 'call-placed', 'call-refused'],
  ...['recording-changed', 'recording-refused'],
])

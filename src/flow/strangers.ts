/** There is no widget that hangs up. */
const DEAD_END = 'a call ends where a transition leads nowhere: leave out its next'

/** Names that hand-made files give to widgets, none of them Studio's, with what to write instead. */
export const STRANGERS: ReadonlyMap<string, string> = new Map([
  ['http-request', "use 'make-http-request'"],
  ['webhook', "use 'make-http-request'"],
  ['function', "use 'run-function'"],
  ['text-to-speech', "use 'say-play'"],
  ['listen', "use 'gather-input-on-call'"],
  ['connect', "use 'connect-call-to'"],
  ['make-outgoing-connection', "use 'connect-call-to', or 'make-outgoing-call-v2' for a call of its own"],
  ['start-call-recording', "use 'record-call' with record_call: true"],
  ['stop-call-recording', "use 'record-call' with record_call: false"],
  ...['hangup', 'hang-up', 'stop-call', 'end-call', 'endCall', 'end'].map((name) => [name, DEAD_END] as const),
])

import fc from 'fast-check'

/** The paths that documents are served at; what they lead to, and what is told, is among these. */
export const PATHS = ['/0', '/1', '/2', '/3', '/4']

/** The body of a document whose children are made of these elements, to this depth. */
export function bodies(names: readonly string[], depth = 3): fc.Arbitrary<string> {
  const inner = depth === 0 ? fc.constant('') : elements(depth)
  const whole = fc
    .array(
      fc.constantFrom(...names).chain((name) => elementOf(name, inner)),
      { maxLength: 5 },
    )
    .map((verbs) => `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs.join('')}</Response>`)
  return depth < 3 ? whole : fc.oneof({ weight: 15, arbitrary: whole }, { weight: 1, arbitrary: BROKEN })
}

const BROKEN = fc.constantFrom('', '<Response>', '<Nothing/>', ' <?xml version="1.0"?><Response/>', '<Response>hello')

function elements(depth: number): fc.Arbitrary<string> {
  const inner = depth <= 1 ? fc.constant('') : elements(depth - 1)
  return fc
    .array(
      fc.constantFrom(...NAMES).chain((name) => elementOf(name, inner)),
      { maxLength: 2 },
    )
    .map((list) => list.join(''))
}

function elementOf(name: string, inner: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const attributes = fc.uniqueArray(attribute, { maxLength: 5, selector: ([key]) => key })
  const children = (CHILDREN[name] ?? []).map((child) => elementOf(child, fc.constant('')))
  const own = children.length === 0 ? fc.constant('') : fc.array(fc.oneof(...children), { maxLength: 3 }).map(joined)
  const content = fc.oneof(
    { weight: 3, arbitrary: own },
    { weight: 3, arbitrary: fc.constantFrom(...(TEXTS[name] ?? WORDS)) },
    { weight: 1, arbitrary: inner },
  )
  return fc
    .tuple(attributes, content)
    .map(([pairs, body]) => `<${name}${pairs.map(written).join('')}>${body}</${name}>`)
}

function joined(list: readonly string[]): string {
  return list.join('')
}

function written([key, value]: readonly [string, string]): string {
  return ` ${key}="${value}"`
}

/** The verbs of an answer to a call. */
export const CALL_VERBS = [
  ...['Say', 'Play', 'Pause', 'Gather', 'Record', 'Dial', 'Enqueue', 'Leave', 'Hangup', 'Redirect', 'Refer', 'Reject'],
  ...['Pay', 'Connect', 'Start', 'Stop', 'Echo', 'Sms', 'Dial', 'Dial', 'Enqueue', 'Gather', 'Redirect', 'Frobnicate'],
]

/** The verbs of an answer to a message. */
export const MESSAGE_VERBS = ['Message', 'Message', 'Redirect', 'Sms', 'Say']

const WORDS = ['', '', 'hello', '+15550002000', '+15550003000', 'support', '/1', 'x'.repeat(70), '{"a":1}']
const PHONES = ['+15550001111', '+15550001112', '+15550002000', '+15550003000', 'client:ann', 'nobody', '']
const ROOMS = ['support', 'room', 'sales', '']

const TEXTS: Readonly<Record<string, readonly string[]>> = {
  Redirect: ['', ...PATHS, 'http://elsewhere.example/', 'http://', '/404'],
  Number: PHONES,
  Dial: PHONES,
  Client: ['ann', ''],
  Sip: ['sip:ann@example.com', 'sip:', 'sips:bob@example.com'],
  Queue: ROOMS,
  Conference: ROOMS,
  Enqueue: ROOMS,
  Task: ['{"a":1}', '[]', 'no'],
  Play: ['/sound.mp3', '', 'https://example.com/a.mp3'],
  Say: ['hello', 'one, two', ''],
}

const CHILDREN: Readonly<Record<string, readonly string[]>> = {
  Dial: ['Number', 'Number', 'Client', 'Sip', 'Conference', 'Queue', 'Sim', 'Application', 'WhatsApp'],
  Gather: ['Say', 'Play', 'Pause'],
  Enqueue: ['Task'],
  Refer: ['Sip'],
  Connect: ['Stream', 'VirtualAgent', 'Conversation', 'ConversationRelay', 'Room', 'AiSession'],
  Start: ['Stream', 'Siprec', 'Transcription', 'Recording'],
  Stop: ['Stream', 'Siprec', 'Transcription', 'Recording'],
  Pay: ['Prompt', 'Parameter'],
  Prompt: ['Say', 'Play', 'Pause'],
  Message: ['Body', 'Media'],
  Client: ['Identity', 'Parameter'],
  Application: ['ApplicationSid', 'Parameter'],
}

const NAMES = [...new Set([...CALL_VERBS, ...MESSAGE_VERBS, ...Object.values(CHILDREN).flat()])]

const BOOLEANS = ['true', 'false', 'maybe']
const SECONDS = ['0', '1', '3', '10', '600', '-1', '1.5', '', 'x', '99999999999']
const GO_ON = [...PATHS, '', '/404', 'http://', 'http://elsewhere.example/x']
const TOLD = ['/told', '', 'http://', 'http://under_score.example/told', '/404']
const METHODS = ['GET', 'POST', 'get', 'PUT']

const VALUES: Readonly<Record<string, readonly string[]>> = {
  ...of(['action', 'url', 'waitUrl', 'referUrl'], GO_ON),
  ...of(['statusCallback', 'recordingStatusCallback', 'amdStatusCallback', 'statusCallbackUrl'], TOLD),
  ...of(['partialResultCallback', 'transcribeCallback', 'eventCallbackUrl'], TOLD),
  ...of(['method', 'waitMethod', 'waitUrlMethod', 'statusCallbackMethod', 'recordingStatusCallbackMethod'], METHODS),
  statusCallbackEvent: ['initiated ringing answered completed', 'start end join leave mute hold', 'nothing', ''],
  recordingStatusCallbackEvent: ['in-progress completed absent', 'completed', ''],
  ...of(['timeout', 'length', 'timeLimit', 'maxLength', 'speechTimeout'], SECONDS),
  ...of(
    ['numDigits', 'loop', 'maxAttempts', 'maxParticipants', 'maxQueueSize'],
    ['0', '1', '2', '5', 'x', '-3', '1e9'],
  ),
  ...of(['answerOnBridge', 'hangupOnStar', 'sequential', 'actionOnEmptyResult', 'bargeIn', 'playBeep'], BOOLEANS),
  ...of(['startConferenceOnEnter', 'endConferenceOnExit', 'muted', 'beep', 'securityCode', 'postalCode'], BOOLEANS),
  ...of(['transcribe', 'partialResults'], BOOLEANS),
  record: ['record-from-answer', 'record-from-ringing-dual', 'record-from-start', 'true', 'no'],
  trim: ['trim-silence', 'do-not-trim', 'x'],
  input: ['dtmf', 'speech', 'dtmf speech', 'nothing', ''],
  finishOnKey: ['#', '*', '', '12345', 'any'],
  callerId: ['+15550002000', 'nobody', 'client:ann'],
  ...of(['to', 'from'], ['+15550001111', '+15550002000', '+15550003000', 'nobody', '']),
  machineDetection: ['Enable', 'DetectMessageEnd', 'x'],
  sendDigits: ['1w2W3#', 'nonsense', ''],
  digits: ['1w2', ''],
  reason: ['busy', 'rejected', 'tired'],
  workflowSid: ['WW00000000000000000000000000000000', ''],
  name: ['a', 'b', ''],
  track: ['both_tracks', 'inbound_track', 'inbound', 'x'],
  paymentMethod: ['credit-card', 'ach-debit', 'gold'],
  chargeAmount: ['0', '12.50', 'much'],
  for: ['payment-card-number', 'security-code', 'nothing'],
  connectorName: ['a', ''],
  coach: ['CA00000000000000000000000000000000'],
  frobnicate: ['1'],
}

function of(names: readonly string[], values: readonly string[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(names.map((name) => [name, values]))
}

const attribute = fc
  .constantFrom(...Object.entries(VALUES))
  .chain(([key, values]) => fc.constantFrom(...values).map((value) => [key, value] as const))

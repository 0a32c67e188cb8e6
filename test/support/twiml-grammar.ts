/** What is wrong with the value of an attribute, or nothing. */
type Check = (value: string) => string | undefined

/** What a verb or noun may hold and be (twiml.md 3.2, 4 and 5). */
export interface Rule {
  readonly attributes?: Readonly<Record<string, Check>>
  readonly children?: readonly string[]
  /** Text that it must have, or may not. */
  readonly text?: 'required' | 'none'
  readonly textIs?: Check
}

const any: Check = () => undefined
const url: Check = (value) => (/^https?:\/\/\S+$/.test(value) && URL.canParse(value) ? undefined : 'is no absolute URL')
const whole =
  (min: number, max = Number.MAX_SAFE_INTEGER): Check =>
  (value) =>
    /^\d+$/.test(value) && Number(value) >= min && Number(value) <= max
      ? undefined
      : `is no integer from ${min} to ${max}`
const one =
  (...words: readonly string[]): Check =>
  (value) =>
    words.includes(value) ? undefined : `is none of ${words.join(', ')}`
const words =
  (...known: readonly string[]): Check =>
  (value) =>
    value.split(' ').every((word) => known.includes(word)) ? undefined : `is no list of ${known.join(', ')}`
const like =
  (pattern: RegExp): Check =>
  (value) =>
    pattern.test(value) ? undefined : `is not like ${pattern}`
const filled: Check = (value) => (value.trim() === '' ? 'is empty' : undefined)
const bool = one('true', 'false')
const method = one('GET', 'POST')
const goingOn = { action: url, method }
const parameters = ['Parameter']
const jsonObject: Check = (value) => {
  try {
    const json: unknown = JSON.parse(value)
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? undefined : 'is no JSON object'
  } catch {
    return 'is not JSON'
  }
}
const wss = like(/^wss:\/\/[^\s?]+$/)
const track = one('inbound_track', 'outbound_track', 'both_tracks')
const SPOKEN = ['break', 'emphasis', 'phoneme', 'prosody', 'say-as', 'sub']

/** The verbs of an answer to a call. */
export const VOICE = [
  'Say',
  'Play',
  'Pause',
  'Gather',
  'Record',
  'Dial',
  'Enqueue',
  'Leave',
  'Hangup',
  'Redirect',
  'Reject',
  'Pay',
  'Connect',
  'Start',
  'Stop',
]

/** The verbs of an answer to a message. */
export const MESSAGE = ['Message', 'Redirect']

/** Every element that our documents may hold. */
export const RULES: Readonly<Record<string, Rule>> = {
  Say: {
    attributes: { voice: filled, language: filled, loop: whole(0, 1000) },
    children: [...SPOKEN, 'lang', 'w', 'p', 's'],
    text: 'required',
  },
  Play: { attributes: { loop: whole(0, 1000), digits: like(/^[0-9A-D#*wW]+$/) } },
  Pause: { attributes: { length: whole(1) }, text: 'none' },
  Redirect: { attributes: { method }, text: 'required', textIs: url },
  Hangup: { text: 'none' },
  Reject: { attributes: { reason: one('rejected', 'busy') }, text: 'none' },
  Leave: { text: 'none' },
  Gather: {
    attributes: {
      ...goingOn,
      input: one('dtmf', 'speech', 'dtmf speech'),
      timeout: whole(0),
      finishOnKey: like(/^[0-9#*]?$/),
      numDigits: whole(1),
      language: filled,
      hints: filled,
      speechTimeout: like(/^(auto|[1-9]\d*)$/),
      speechModel: filled,
      profanityFilter: bool,
    },
    children: ['Say', 'Play', 'Pause'],
    text: 'none',
  },
  Record: {
    attributes: {
      ...goingOn,
      timeout: whole(0),
      finishOnKey: like(/^[0-9#*]*$/),
      maxLength: whole(2, 14_400),
      playBeep: bool,
      trim: one('trim-silence', 'do-not-trim'),
      transcribe: bool,
      transcribeCallback: url,
      recordingStatusCallback: url,
    },
    text: 'none',
  },
  Dial: {
    attributes: {
      ...goingOn,
      callerId: filled,
      timeout: whole(1, 600),
      timeLimit: whole(1),
      record: one('record-from-answer'),
    },
    children: ['Number', 'Client', 'Sip', 'Sim', 'Conference'],
    text: 'none',
  },
  Number: { text: 'required' },
  Client: { text: 'required' },
  Sim: { text: 'required' },
  Conference: { text: 'required' },
  Sip: { attributes: { username: any, password: any }, text: 'required', textIs: like(/^sips?:/i) },
  Enqueue: {
    attributes: { ...goingOn, workflowSid: filled, waitUrl: url, waitUrlMethod: method },
    children: ['Task'],
    textIs: (value) => (value.trim().length > 64 ? 'is a queue name over 64 characters' : undefined),
  },
  Task: { attributes: { priority: like(/^-?\d+$/), timeout: whole(0) }, text: 'required', textIs: jsonObject },
  Pay: {
    attributes: {
      ...goingOn,
      paymentConnector: filled,
      tokenType: one('one-time', 'reusable', 'payment-method'),
      chargeAmount: like(/^\d+(\.\d+)?$/),
      currency: filled,
      description: any,
      validCardTypes: words(
        'visa',
        'mastercard',
        'amex',
        'maestro',
        'discover',
        'optima',
        'jcb',
        'diners-club',
        'enroute',
      ),
      language: filled,
      timeout: whole(1),
      maxAttempts: whole(1, 3),
      securityCode: bool,
      postalCode: filled,
      minPostalCodeLength: whole(0),
      paymentMethod: one('credit-card', 'ach-debit'),
      bankAccountType: one('consumer-checking', 'consumer-savings', 'commercial-checking', 'commercial-savings'),
    },
    children: parameters,
    text: 'none',
  },
  Connect: { attributes: goingOn, children: ['VirtualAgent', 'ConversationRelay', 'Stream'], text: 'none' },
  VirtualAgent: {
    attributes: {
      connectorName: filled,
      language: filled,
      sentimentAnalysis: bool,
      statusCallback: url,
      statusCallbackMethod: method,
    },
    children: ['Config', 'Parameter'],
    text: 'none',
  },
  ConversationRelay: {
    attributes: {
      url: wss,
      welcomeGreeting: any,
      language: filled,
      ttsProvider: filled,
      voice: filled,
      transcriptionProvider: filled,
      speechModel: filled,
      dtmfDetection: bool,
      interruptible: one('true', 'false', 'none', 'dtmf', 'speech', 'any'),
    },
    children: parameters,
    text: 'none',
  },
  Start: { children: ['Stream', 'Siprec'], text: 'none' },
  Stop: { children: ['Stream', 'Siprec'], text: 'none' },
  Stream: { attributes: { name: filled, url: wss, track }, children: parameters, text: 'none' },
  Siprec: { attributes: { name: filled, connectorName: filled, track }, children: parameters, text: 'none' },
  Parameter: { attributes: { name: any, value: any }, text: 'none' },
  Config: { attributes: { name: any, value: any }, text: 'none' },
  Message: { attributes: { statusCallback: url }, children: ['Body', 'Media'], text: 'none' },
  Body: { text: 'required', textIs: (value) => (value.length > 1600 ? 'has over 1600 characters' : undefined) },
  Media: { text: 'required', textIs: url },
  break: {
    attributes: { strength: one('none', 'x-weak', 'weak', 'medium', 'strong', 'x-strong'), time: any },
    text: 'none',
  },
  emphasis: { attributes: { level: any }, children: [...SPOKEN, 'lang', 'w'] },
  lang: { attributes: { 'xml:lang': any }, children: [...SPOKEN, 'lang', 'w', 'p', 's'] },
  p: { children: [...SPOKEN, 'lang', 'w', 's'] },
  phoneme: { attributes: { alphabet: any, ph: any } },
  prosody: { attributes: { volume: any, rate: any, pitch: any }, children: [...SPOKEN, 'lang', 'w', 'p', 's'] },
  s: { children: [...SPOKEN, 'lang', 'w'] },
  'say-as': { attributes: { 'interpret-as': any, format: any } },
  sub: { attributes: { alias: any } },
  w: { attributes: { role: any }, children: SPOKEN },
}

/** Elements that are nothing without a child. */
export const NEEDS_CHILD: ReadonlySet<string> = new Set(['Dial', 'Connect', 'Start', 'Stop', 'Message'])

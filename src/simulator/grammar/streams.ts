import { type Element, elementsIn } from '../document/element.ts'
import type { Problem } from '../problem.ts'
import { problem } from './dictionary.ts'
import { PARAMETERS, SETTINGS } from './parameters.ts'
import { RECORD_FROM, RECORDING_CALLBACK, TRIM } from './record.ts'
import type { Rule } from './rule.ts'
import { ANY, BOOLEAN, type Check, FILLED, listOf, METHOD, oneOf, SCHEMA, url, WEB_SOCKET, whole } from './values.ts'

type Attributes = Readonly<Record<string, Check>>

const TRACK = oneOf('inbound_track', 'outbound_track', 'both_tracks')
const STATUS_CALLBACK = { statusCallback: url(), statusCallbackMethod: METHOD }

const STREAM: Attributes = {
  url: WEB_SOCKET,
  name: FILLED,
  track: TRACK,
  connectorName: FILLED,
  audioFormat: FILLED,
  sampleRate: FILLED,
  ...STATUS_CALLBACK,
}

const SIPREC: Attributes = { name: FILLED, connectorName: FILLED, track: TRACK, ...STATUS_CALLBACK }

const TRANSCRIPTION: Attributes = {
  name: FILLED,
  track: TRACK,
  inboundTrackLabel: FILLED,
  outboundTrackLabel: FILLED,
  statusCallbackUrl: url(),
  statusCallbackMethod: METHOD,
  languageCode: FILLED,
  transcriptionEngine: FILLED,
  speechModel: FILLED,
  profanityFilter: BOOLEAN,
  partialResults: BOOLEAN,
  enableAutomaticPunctuation: BOOLEAN,
  hints: ANY,
  intelligenceService: FILLED,
}

const RECORDING: Attributes = {
  name: FILLED,
  trim: TRIM,
  track: oneOf('inbound', 'outbound', 'both'),
  channels: oneOf('mono', 'dual'),
  recordingConfigurationId: FILLED,
  ...RECORDING_CALLBACK,
}

const VIRTUAL_AGENT: Attributes = {
  connectorName: FILLED,
  language: FILLED,
  sentimentAnalysis: BOOLEAN,
  ...STATUS_CALLBACK,
}

const CONVERSATION: Attributes = {
  serviceInstanceSid: FILLED,
  inboundAutocreation: BOOLEAN,
  routingAssignmentTimeout: whole(0),
  inboundTimeout: whole(0),
  url: url(),
  method: METHOD,
  record: RECORD_FROM,
  trim: TRIM,
  statusCallbackEvent: listOf('call-initiated', 'call-ringing', 'call-answered', 'call-completed'),
  ...STATUS_CALLBACK,
  ...RECORDING_CALLBACK,
}

const INTERRUPTIBLE = oneOf('true', 'false', 'none', 'dtmf', 'speech', 'any')

const CONVERSATION_RELAY: Attributes = {
  url: WEB_SOCKET,
  welcomeGreeting: ANY,
  welcomeGreetingInterruptible: INTERRUPTIBLE,
  language: FILLED,
  ttsLanguage: FILLED,
  transcriptionLanguage: FILLED,
  ttsProvider: FILLED,
  voice: FILLED,
  transcriptionProvider: FILLED,
  speechModel: FILLED,
  interruptible: INTERRUPTIBLE,
  interruptSensitivity: FILLED,
  preemptible: BOOLEAN,
  dtmfDetection: BOOLEAN,
  reportInputDuringAgentSpeech: FILLED,
  partialPrompts: BOOLEAN,
  profanityFilter: BOOLEAN,
  hints: ANY,
  intelligenceService: FILLED,
  debug: FILLED,
  events: FILLED,
  elevenlabsTextNormalization: FILLED,
  speechtimeout: FILLED,
  deepgramsmartformat: FILLED,
  ignorebackchannel: FILLED,
  backgroundnoisereduction: FILLED,
}

const LANGUAGE: Rule = {
  attributes: {
    code: FILLED,
    ttsProvider: FILLED,
    voice: FILLED,
    transcriptionProvider: FILLED,
    speechModel: FILLED,
  },
}

/** Connect: one far end, until it is done (twiml.md 4.10). */
export const CONNECT: Rule = {
  attributes: { action: url(), method: METHOD },
  children: {
    Stream: { attributes: STREAM, children: PARAMETERS, whole: hasUrl },
    VirtualAgent: { attributes: VIRTUAL_AGENT, children: SETTINGS },
    Conversation: { attributes: CONVERSATION },
    ConversationRelay: {
      attributes: CONVERSATION_RELAY,
      children: { ...PARAMETERS, Language: LANGUAGE },
      whole: hasUrl,
    },
    ConversationRelaySession: { attributes: { connector: FILLED, sessionConfiguration: ANY } },
    AiSession: { attributes: { aiConnector: FILLED, aiSessionConfiguration: ANY } },
    Room: { attributes: { participantIdentity: FILLED }, text: FILLED },
    Autopilot: { text: FILLED },
  },
  whole: (connect) => {
    const { length } = elementsIn(connect)
    return length === 1 ? [] : [problem(SCHEMA, `<Connect> holds ${length} nouns; expected one`)]
  },
}

/** Start: goes on beside the call (twiml.md 4.11). */
export const START: Rule = {
  attributes: { action: url(), method: METHOD },
  children: {
    Stream: { attributes: STREAM, children: PARAMETERS, whole: hasUrl },
    Siprec: { attributes: SIPREC, children: PARAMETERS },
    Transcription: { attributes: TRANSCRIPTION, children: SETTINGS },
    Recording: { attributes: RECORDING },
  },
  strayChild: 14300,
  whole: hasNoun,
}

/** Stop: the same nouns, by their names. */
export const STOP: Rule = {
  children: {
    Stream: { attributes: STREAM, children: PARAMETERS },
    Siprec: { attributes: SIPREC, children: PARAMETERS },
    Transcription: { attributes: TRANSCRIPTION, children: SETTINGS },
    Recording: { attributes: RECORDING },
  },
  strayChild: 14300,
  whole: hasNoun,
}

function hasNoun(verb: Element): Problem[] {
  return elementsIn(verb).length > 0 ? [] : [problem(14300, `<${verb.name}> is empty; expected a noun in it`)]
}

/** A stream by a connector's name needs none. */
function hasUrl({ name, attributes: { url: address, connectorName } }: Element): Problem[] {
  if (address !== undefined || connectorName !== undefined) return []
  return [problem(SCHEMA, `<${name}> has no attribute url; expected a wss:// URL`)]
}

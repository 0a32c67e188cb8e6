type Form = readonly (readonly [name: string, value: string])[]

/** What Twilio takes at a path: parameters with what their values look like, and what goes together. */
interface Taken {
  readonly at: RegExp
  readonly parameters: Readonly<Record<string, RegExp>>
  /** Those that may come more than once. */
  readonly lists: readonly string[]
  /** Of each of these one at least. */
  readonly needs: readonly (readonly string[])[]
  /** Of each of these one at most. */
  readonly excludes: readonly (readonly string[])[]
}

const SOMETHING = /\S/
const URL = /^https?:\/\/[^\s/]+(\/\S*)?$/
const METHOD = /^(GET|POST)$/
const BOOLEAN = /^(true|false)$/
const RECORDING = {
  RecordingStatusCallback: URL,
  RecordingStatusCallbackMethod: METHOD,
  RecordingStatusCallbackEvent: /^(in-progress|completed|absent)$/,
  RecordingChannels: /^(mono|dual)$/,
  RecordingTrack: /^(inbound|outbound|both)$/,
  Trim: /^(trim-silence|do-not-trim)$/,
}

const JSON_OBJECT = /^\{.*\}$/s
/** ISO 8601. */
const DURATION = /^P(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?$/
const CONVERSATION = String.raw`^\/v1(\/Services\/IS\w+)?\/Conversations`

/** The resources that are posted to (twiml.md 7 to 9, engine.md 12, functions-flex.md D). */
export const TAKEN = {
  messages: {
    at: /^\/2010-04-01\/Accounts\/AC\w+\/Messages\.json$/,
    parameters: {
      To: SOMETHING,
      From: SOMETHING,
      MessagingServiceSid: /^MG[0-9a-f]{32}$/,
      Body: /^[\s\S]{0,1600}$/,
      MediaUrl: URL,
      ContentSid: /^HX[0-9a-f]{32}$/,
      ContentVariables: /^\{.*\}$/s,
      ShortenUrls: BOOLEAN,
      StatusCallback: URL,
    },
    lists: ['MediaUrl'],
    needs: [['To'], ['From', 'MessagingServiceSid'], ['Body', 'MediaUrl', 'ContentSid']],
    excludes: [['From', 'MessagingServiceSid']],
  },
  calls: {
    at: /^\/2010-04-01\/Accounts\/AC\w+\/Calls\.json$/,
    parameters: {
      To: SOMETHING,
      From: SOMETHING,
      Url: URL,
      Method: METHOD,
      StatusCallback: URL,
      StatusCallbackMethod: METHOD,
      StatusCallbackEvent: /^(initiated|ringing|answered|completed)$/,
      Timeout: /^([1-9]\d?|[1-5]\d\d|600)$/,
      SendDigits: /^[0-9*#wW]{1,32}$/,
      SipAuthUsername: SOMETHING,
      SipAuthPassword: SOMETHING,
      MachineDetection: /^(Enable|DetectMessageEnd)$/,
      MachineDetectionTimeout: /^([3-9]|[1-5]\d|60)$/,
      MachineDetectionSpeechThreshold: /^[1-6]\d{3}$/,
      MachineDetectionSpeechEndThreshold: /^([5-9]\d{2}|[1-5]\d{3})$/,
      MachineDetectionSilenceTimeout: /^([2-9]\d{3}|10000)$/,
      Record: BOOLEAN,
      ...RECORDING,
    },
    lists: ['StatusCallbackEvent', 'RecordingStatusCallbackEvent'],
    needs: [['To'], ['From'], ['Url']],
    excludes: [],
  },
  recordings: {
    at: /^\/2010-04-01\/Accounts\/AC\w+\/Calls\/CA\w+\/Recordings\.json$/,
    parameters: RECORDING,
    lists: ['RecordingStatusCallbackEvent'],
    needs: [],
    excludes: [],
  },
  recording: {
    at: /^\/2010-04-01\/Accounts\/AC\w+\/Calls\/CA\w+\/Recordings\/(Twilio\.CURRENT|RE\w+)\.json$/,
    parameters: { Status: /^(in-progress|paused|stopped)$/, PauseBehavior: /^(skip|silence)$/ },
    lists: [],
    needs: [['Status']],
    excludes: [],
  },
  conversations: {
    at: new RegExp(`${CONVERSATION}(\\/CH\\w+)?$`),
    parameters: {
      FriendlyName: SOMETHING,
      Attributes: JSON_OBJECT,
      MessagingServiceSid: /^MG\w+$/,
      'Timers.Inactive': DURATION,
      'Timers.Closed': DURATION,
      State: /^(active|inactive|closed)$/,
    },
    lists: [],
    needs: [],
    excludes: [],
  },
  participants: {
    at: new RegExp(`${CONVERSATION}\\/CH\\w+\\/Participants$`),
    parameters: {
      Identity: SOMETHING,
      'MessagingBinding.Address': SOMETHING,
      'MessagingBinding.ProxyAddress': SOMETHING,
    },
    lists: [],
    needs: [['Identity', 'MessagingBinding.Address']],
    excludes: [['Identity', 'MessagingBinding.Address']],
  },
  webhooks: {
    at: new RegExp(`${CONVERSATION}\\/CH\\w+\\/Webhooks$`),
    parameters: {
      Target: /^webhook$/,
      'Configuration.Url': URL,
      'Configuration.Method': METHOD,
      'Configuration.Filters': /^on[A-Z]\w+$/,
    },
    lists: ['Configuration.Filters'],
    needs: [['Target'], ['Configuration.Url'], ['Configuration.Filters']],
    excludes: [],
  },
  words: {
    at: new RegExp(`${CONVERSATION}\\/CH\\w+\\/Messages$`),
    parameters: {
      Author: SOMETHING,
      Body: /^[\s\S]{0,1600}$/,
      Attributes: JSON_OBJECT,
      ContentSid: /^HX[0-9a-f]{32}$/,
      ContentVariables: JSON_OBJECT,
    },
    lists: [],
    needs: [['Body', 'ContentSid']],
    excludes: [],
  },
  tasks: {
    at: /^\/v1\/Workspaces\/WS\w+\/Tasks$/,
    parameters: {
      WorkflowSid: /^WW\w+$/,
      TaskChannel: SOMETHING,
      Attributes: JSON_OBJECT,
      Priority: /^\d+$/,
      Timeout: /^\d+$/,
    },
    lists: [],
    needs: [],
    excludes: [],
  },
  interactions: {
    at: /^\/v1\/Interactions$/,
    parameters: { Channel: JSON_OBJECT, Routing: JSON_OBJECT },
    lists: [],
    needs: [['Channel']],
    excludes: [],
  },
} satisfies Readonly<Record<string, Taken>>

/** What Twilio would not take of a request. */
export function flawsIn(path: string, form: Form): readonly string[] {
  const taken = Object.values<Taken>(TAKEN).find(({ at }) => at.test(path))
  if (!taken) return [`nothing is posted to ${path}`]
  const names = form.map(([name]) => name)
  const count = (some: readonly string[]) => some.filter((name) => names.includes(name)).length
  return [
    ...form.flatMap(([name, value]) => flawOf(taken, name, value)),
    ...taken.needs.flatMap((some) => (count(some) === 0 ? [`${some.join(' or ')} is missing`] : [])),
    ...taken.excludes.flatMap((some) => (count(some) > 1 ? [`${some.join(' and ')} exclude each other`] : [])),
    ...repeated(names).flatMap((name) => (taken.lists.includes(name) ? [] : [`${name} comes more than once`])),
  ]
}

function flawOf({ parameters }: Taken, name: string, value: string): readonly string[] {
  const pattern = parameters[name]
  if (!pattern) return [`${name} is no parameter`]
  return pattern.test(value) ? [] : [`${name} cannot be ${JSON.stringify(value)}`]
}

function repeated(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
}

import { type Element, elementsIn, ownText } from '../document/element.ts'
import type { Problem } from '../problem.ts'
import { problem } from './dictionary.ts'
import { PARAMETERS } from './parameters.ts'
import type { Rule } from './rule.ts'
import { ANY, BOOLEAN, check, FILLED, like, listOf, METHOD, oneOf, PHONE_NUMBER, under, url, whole } from './values.ts'

const STATUS_CALLBACK = {
  statusCallback: url(),
  statusCallbackMethod: METHOD,
  statusCallbackEvent: listOf('initiated', 'ringing', 'answered', 'completed'),
}

/** Milliseconds, but for the timeout in seconds (twiml.md 6.4). */
const MACHINE_DETECTION = {
  machineDetection: oneOf('Enable', 'DetectMessageEnd'),
  machineDetectionTimeout: whole(3, 60),
  machineDetectionSpeechThreshold: whole(1_000, 6_000),
  machineDetectionSpeechEndThreshold: whole(500, 5_000),
  machineDetectionSilenceTimeout: whole(2_000, 10_000),
  amdStatusCallback: url(),
  amdStatusCallbackMethod: METHOD,
}

const NUMBER: Rule = {
  attributes: {
    sendDigits: under(13222, like(/^[0-9A-DwW#*]+$/, 'keys 0-9, A-D, # and *, and w or W for a pause')),
    url: url(),
    method: under(13221, METHOD),
    byoc: FILLED,
    ...STATUS_CALLBACK,
    ...MACHINE_DETECTION,
  },
  text: under(13223, PHONE_NUMBER),
}

const CLIENT: Rule = {
  attributes: { url: url(), method: METHOD, ...STATUS_CALLBACK },
  children: { Identity: { text: FILLED }, ...PARAMETERS },
  text: ANY,
  whole: (client) => addressed(client, 'Identity'),
}

const APPLICATION: Rule = {
  attributes: { url: url(), method: METHOD, customerId: FILLED, copyParentTo: BOOLEAN, ...STATUS_CALLBACK },
  children: { ApplicationSid: { text: FILLED }, ...PARAMETERS },
  text: ANY,
  whole: (application) => addressed(application, 'ApplicationSid'),
}

/** Of less than 255 characters (twiml.md 1.2). */
const SIP_URI = under(
  13243,
  check('a SIP URI such as sip:alice@example.com', (value) => /^sips?:\S{1,249}$/i.test(value.trim())),
)

const HEADER: Rule = {
  attributes: {
    name: under(13252, like(/^[A-Za-z0-9-]+$/, 'the name of a SIP header')),
    value: under(
      13253,
      check('less than 1024 characters', ({ length }) => length < 1_024),
    ),
  },
}

/** Sip, in Dial and in Refer. */
export const SIP: Rule = {
  attributes: {
    username: ANY,
    password: ANY,
    url: url(),
    method: under(13241, METHOD),
    ...STATUS_CALLBACK,
    ...MACHINE_DETECTION,
  },
  children: {
    Uri: { attributes: { priority: whole(0), weight: whole(0), username: ANY, password: ANY }, text: SIP_URI },
    Headers: { children: { Header: HEADER } },
  },
  text: (value, base) => (value === '' ? undefined : SIP_URI(value, base)),
  whole: (sip) => [...addressed(sip, 'Uri'), ...uris(sip)],
}

const MOST_URIS = 10

function uris(sip: Element): Problem[] {
  const { length } = elementsIn(sip).filter(({ name }) => name === 'Uri')
  return length > MOST_URIS ? [problem(13250, `<Sip> holds ${length} <Uri>; expected at most ${MOST_URIS}`)] : []
}

/** An address stands in the text or in a child. */
function addressed(noun: Element, child: string): Problem[] {
  if (ownText(noun) !== '' || elementsIn(noun).some(({ name }) => name === child)) return []
  return [problem(12200, `<${noun.name}> holds no address; expected a text or <${child}>`)]
}

const WHATS_APP: Rule = { attributes: { url: url(), method: METHOD, ...STATUS_CALLBACK }, text: FILLED }

/** Whoever can be rung by a Dial (twiml.md 4.6). */
export const PHONES: Readonly<Record<string, Rule>> = {
  Number: NUMBER,
  Client: CLIENT,
  Sip: SIP,
  Sim: { text: FILLED },
  Application: APPLICATION,
  WhatsApp: WHATS_APP,
}

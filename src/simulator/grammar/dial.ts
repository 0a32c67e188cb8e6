import { type Element, elementsIn, ownText } from '../document/element.ts'
import type { Problem } from '../problem.ts'
import { CONFERENCE } from './conference.ts'
import { problem } from './dictionary.ts'
import { PHONES } from './nouns.ts'
import { DIALLED_QUEUE } from './queue.ts'
import { RECORD_FROM, RECORDING_CALLBACK, TRIM } from './record.ts'
import type { Rule } from './rule.ts'
import { ANY, atMost, BOOLEAN, FILLED, METHOD, oneOf, PHONE_NUMBER, under, url, whole } from './values.ts'

const RING_TONE = oneOf(
  ...'at au bg br be ch cl cn cz de dk ee es fi fr gr hu il in it lt jp mx my nl no nz ph pl pt ru se sg th uk us us-old tw ve za'.split(
    ' ',
  ),
)

/** Dial (twiml.md 4.6). */
export const DIAL: Rule = {
  attributes: {
    action: url(),
    method: under(13210, METHOD),
    timeout: under(13212, whole(1, 600)),
    timeLimit: under(13216, whole(1)),
    callerId: under(13214, FILLED),
    hangupOnStar: under(13213, BOOLEAN),
    answerOnBridge: under(13219, BOOLEAN),
    record: under(13217, RECORD_FROM),
    recordingTrack: oneOf('both', 'inbound', 'outbound'),
    recordingConfigurationId: FILLED,
    trim: TRIM,
    ringTone: under(13220, RING_TONE),
    sequential: under(13218, BOOLEAN),
    referUrl: url(),
    referMethod: METHOD,
    callReason: atMost(50),
    events: oneOf('call-progress-event'),
    passports: ANY,
    ...RECORDING_CALLBACK,
  },
  children: { ...PHONES, Conference: CONFERENCE, Queue: DIALLED_QUEUE },
  strayChild: 13215,
  text: ANY,
  whole: (dial) => [...targets(dial), ...callerId(dial)],
}

/** Ten ends can ring at once (twiml.md 1.2). */
export const MOST_TARGETS = 10

function targets(dial: Element): Problem[] {
  const nouns = elementsIn(dial).map(({ name }) => name)
  const text = ownText(dial)
  if (nouns.length === 0) return dialled(text)
  return [
    ...(text === '' ? [] : [problem(12200, `the text ${JSON.stringify(text.slice(0, 80))} of <Dial> is not dialled`)]),
    ...(nouns.length > MOST_TARGETS
      ? [problem(13215, `<Dial> holds ${nouns.length} nouns; expected at most ${MOST_TARGETS}`)]
      : []),
    ...mixed(nouns),
  ]
}

/** The text of a Dial without nouns. */
function dialled(text: string): Problem[] {
  const flaw = PHONE_NUMBER(text, undefined)
  if (!flaw) return []
  return [
    problem(13223, `the text ${JSON.stringify(text.slice(0, 80))} of <Dial>: expected a noun or ${flaw.expected}`),
  ]
}

/** A conference or a queue is dialled alone. */
function mixed(nouns: readonly string[]): Problem[] {
  const alone = nouns.find((noun) => noun === 'Conference' || noun === 'Queue')
  if (alone === undefined || nouns.length === 1) return []
  return [problem(13000, `<Dial> holds ${nouns.map((noun) => `<${noun}>`).join(', ')}; expected <${alone}> alone`)]
}

/** Digits of the longest phone number. */
const LONGEST_NUMBER = 15

function callerId({ attributes: { callerId = '' } }: Element): Problem[] {
  const digits = /^\s*\+([\d\s().-]+)$/.exec(callerId)?.[1]?.replace(/\D/g, '') ?? ''
  if (digits.length <= LONGEST_NUMBER) return []
  const expected = `expected at most ${LONGEST_NUMBER} digits`
  return [problem(13248, `callerId=${JSON.stringify(callerId.slice(0, 80))} of <Dial> is too long; ${expected}`)]
}

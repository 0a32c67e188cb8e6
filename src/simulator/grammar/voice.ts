import { elementsIn } from '../document/element.ts'
import { DIAL } from './dial.ts'
import { problem } from './dictionary.ts'
import { GATHER } from './gather.ts'
import { TEXT_MESSAGE } from './messaging.ts'
import { SIP } from './nouns.ts'
import { PARAMETERS } from './parameters.ts'
import { PAY } from './pay.ts'
import { PAUSE, PLAY, SAY } from './prompts.ts'
import { ENQUEUE } from './queue.ts'
import { RECORD } from './record.ts'
import { REDIRECT } from './redirect.ts'
import type { Rule } from './rule.ts'
import { CONNECT, START, STOP } from './streams.ts'
import { METHOD, oneOf, SCHEMA, under, url } from './values.ts'

const REJECT: Rule = {
  attributes: { reason: under(13810, oneOf('rejected', 'busy')) },
  children: PARAMETERS,
}

const REFER: Rule = {
  attributes: { action: url(), method: METHOD },
  children: { Sip: SIP },
  whole: (refer) => {
    const { length } = elementsIn(refer)
    return length === 1 ? [] : [problem(SCHEMA, `<Refer> holds ${length} addresses; expected one <Sip>`)]
  },
}

/** The answer to a call: its verbs (twiml.md 4). Leave and Echo are bare. */
export const CALL_VERBS: Readonly<Record<string, Rule>> = {
  Say: SAY,
  Play: PLAY,
  Pause: PAUSE,
  Gather: GATHER,
  Record: RECORD,
  Dial: DIAL,
  Enqueue: ENQUEUE,
  Leave: {},
  Hangup: { children: PARAMETERS },
  Redirect: REDIRECT,
  Refer: REFER,
  Reject: REJECT,
  Pay: PAY,
  Connect: CONNECT,
  Start: START,
  Stop: STOP,
  Echo: {},
  Sms: TEXT_MESSAGE,
}

import type { Element } from '../document/element.ts'
import type { Problem } from '../problem.ts'
import { problem } from './dictionary.ts'
import { leadsOn } from './going-on.ts'
import { GATHER_PROMPTS } from './prompts.ts'
import type { Rule } from './rule.ts'
import { BOOLEAN, check, like, listOf, METHOD, oneOf, under, url, whole } from './values.ts'

const SPEECH_MODEL = oneOf(
  'default',
  'numbers_and_commands',
  'phone_call',
  'experimental_conversations',
  'experimental_utterances',
  'googlev2_long',
  'googlev2_short',
  'googlev2_telephony',
  'googlev2_telephony_short',
  'deepgram_nova-2',
  'deepgram_nova-3',
)

/** A tag with a region: what recognises speech is chosen by it, and there are more than any list has. */
const LANGUAGE = like(/^([a-z]{2,3}(-[A-Za-z]{4})?-[A-Z]{2}|zh)$/, 'a language such as en-US')

const HINTS = check('1 to 500 hints of at most 100 characters, with commas between them', (value) => {
  const hints = value.split(',')
  return value.trim() !== '' && hints.length <= 500 && hints.every((hint) => hint.trim().length <= 100)
})

/** Gather (twiml.md 4.4). */
export const GATHER: Rule = {
  attributes: {
    input: under(13326, listOf('dtmf', 'speech')),
    action: url(),
    method: under(13312, METHOD),
    timeout: under(13313, like(/^\s*(\d+|auto)\s*$/, 'an integer of seconds, or auto')),
    finishOnKey: under(13310, like(/^[0-9#*]?$/, 'one of 0-9, # and *, or nothing')),
    numDigits: under(13314, whole(1)),
    actionOnEmptyResult: under(13338, BOOLEAN),
    language: under(13331, LANGUAGE),
    hints: under(13330, HINTS),
    profanityFilter: under(13333, BOOLEAN),
    speechTimeout: under(13327, like(/^\s*(0*[1-9]\d*|auto)\s*$/, 'an integer of 1 or more seconds, or auto')),
    speechModel: under(13334, SPEECH_MODEL),
    enhanced: BOOLEAN,
    partialResultCallback: url(),
    partialResultCallbackMethod: under(13329, METHOD),
    maxSpeechTime: under(13328, whole(1)),
    bargeIn: under(13332, BOOLEAN),
    debug: BOOLEAN,
  },
  children: GATHER_PROMPTS,
  strayChild: 13320,
  whole: (gather, base) => [...recognisable(gather), ...leadsOn(gather, base)],
}

function recognisable({ attributes: { speechTimeout, speechModel } }: Element): Problem[] {
  if (speechTimeout?.trim() !== 'auto' || speechModel === undefined) return []
  const model = JSON.stringify(speechModel)
  return [problem(13335, `speechTimeout="auto" of <Gather> stands beside speechModel=${model}; expected an integer`)]
}

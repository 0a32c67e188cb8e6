import { z } from 'zod'
import { languageOf, promptProperties, promptVerbs } from '../engine/prompt.ts'
import { answer, defineWidget, exit } from '../engine/widget.ts'
import { flag, integer, name, text, textFlag, verbatim } from '../flow/properties.ts'
import type { Gather } from '../twiml/verbs.ts'

const properties = z.object({
  ...promptProperties,
  timeout: integer({ min: 0, max: 600 }).default(5).meta({ title: 'Stop gathering after seconds' }),
  stop_gather: flag().default(true).meta({ title: 'Stop gathering on keypress' }),
  finish_on_key: verbatim().default('#').meta({ title: 'Stop gathering on key' }),
  number_of_digits: integer({ min: 0 }).meta({ title: 'Stop gathering after digits' }),
  gather_language: name().meta({ title: 'Speech recognition language' }),
  hints: name().meta({ title: 'Speech recognition hints' }),
  speech_timeout: name().default('auto').meta({ title: 'Speech timeout' }),
  speech_model: name().meta({ title: 'Speech model' }),
  profanity_filter: textFlag().default(true).meta({ title: 'Profanity filter' }),
  save_response_as: text().meta({ title: 'Save response as' }),
})

/** Asks and waits for keys or speech (widgets.md 3.5). */
export const gatherInputOnCall = defineWidget({
  type: 'gather-input-on-call',
  library: {
    title: 'Gather Input On Call',
    group: 'Voice',
    exits: { keypress: 'User Pressed Keys', speech: 'User Said Something', timeout: 'No Input' },
  },
  summary: 'Asks the caller for digits or speech and waits for the answer.',
  needs: 'call',
  exits: ['keypress', 'speech', 'timeout'],
  properties,

  enter({ properties, callbackUrl, leadsOn }) {
    const input = inputOf(leadsOn('keypress'), leadsOn('speech'))
    const { timeout, number_of_digits: digits } = properties
    const gather: Gather = {
      verb: 'Gather',
      input,
      action: callbackUrl(),
      method: 'POST',
      timeout,
      finishOnKey: finishKey(properties),
      numDigits: digits || undefined,
      ...(input !== 'dtmf' && speechOf(properties)),
      children: promptVerbs(properties),
    }
    // Reached only when nothing was entered: the carrier does not call `action` then.
    return answer([gather, { verb: 'Redirect', method: 'POST', text: callbackUrl({ FlowEvent: 'timeout' }) }])
  },

  resume(_visit, event) {
    if (event.type !== 'continued') return undefined
    const output = event.params
    if (output.Digits) return exit('keypress', { output })
    if (output.SpeechResult) return exit('speech', { output })
    return exit('timeout', { output }) // also when only the finish key was pressed, which sends empty Digits
  },
})

type Properties = z.output<typeof properties>

/** Speech is recognised only where its exit is wired: recognising costs money and changes what keys do. */
function inputOf(keypress: boolean, speech: boolean): Gather['input'] {
  if (!speech) return 'dtmf'
  return keypress ? 'dtmf speech' : 'speech'
}

function finishKey({ stop_gather, finish_on_key }: Properties): string {
  if (!stop_gather) return ''
  return /^[0-9#*]?$/.test(finish_on_key) ? finish_on_key : '#'
}

function speechOf(properties: Properties): Partial<Gather> {
  const { gather_language, hints, speech_timeout, speech_model, profanity_filter } = properties
  return {
    language: languageOf(gather_language),
    hints,
    speechTimeout: /^[1-9]\d*$/.test(speech_timeout) ? speech_timeout : 'auto',
    speechModel: speech_model,
    profanityFilter: profanity_filter,
  }
}

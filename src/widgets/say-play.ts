import { z } from 'zod'
import { promptProperties, promptVerbs } from '../engine/prompt.ts'
import { answer, defineWidget, exit } from '../engine/widget.ts'
import { text } from '../flow/properties.ts'
import type { Verb } from '../twiml/verbs.ts'

const properties = z.object({
  ...promptProperties,
  digits: text().meta({ title: 'Digits to play' }),
})

/** Speaks a text, plays a file or plays digits (widgets.md 3.4). One document for each: what follows must not happen before this was heard. */
export const sayPlay = defineWidget({
  type: 'say-play',
  library: { title: 'Say/Play', group: 'Voice', exits: { audioComplete: 'Audio Complete' } },
  summary: 'Says a text to the caller, plays an audio file or plays digits.',
  needs: 'call',
  exits: ['audioComplete'],
  properties,

  enter({ properties, callbackUrl }) {
    return answer([
      ...heard(properties),
      { verb: 'Redirect', method: 'POST', text: callbackUrl({ FlowEvent: 'audioComplete' }) },
    ])
  },

  resume: (_visit, event) => (event.type === 'continued' ? exit('audioComplete', { output: event.params }) : undefined),
})

function heard({ digits = '', ...prompt }: z.output<typeof properties>): readonly Verb[] {
  const tones = digits.replace(/[^0-9A-D#*wW]/g, '')
  if (!prompt.play && tones !== '') return [{ verb: 'Play', digits: tones, loop: prompt.loop }]
  return promptVerbs(prompt)
}

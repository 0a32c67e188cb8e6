import type { z } from 'zod'
import { integer, name, text } from '../flow/properties.ts'
import type { Play, Say } from '../twiml/verbs.ts'

/** The properties of what a caller is to hear (widgets.md 3.4 and 3.5). */
export const promptProperties = {
  say: text().meta({ title: 'Text to say' }),
  play: text().meta({ title: 'URL of audio file' }),
  voice: name().meta({ title: 'Message voice' }),
  language: name().meta({ title: 'Language' }),
  loop: integer({ min: 0, max: 1000 }).meta({ title: 'Number of loops' }),
}

type Prompt = z.output<z.ZodObject<typeof promptProperties>>

/** What is heard: the audio file where there is one, else the text; nothing where there is neither, for an empty Say is an error at Twilio. */
export function promptVerbs({ say = '', play = '', voice, language, loop }: Prompt): readonly (Say | Play)[] {
  if (play.trim() !== '') return [{ verb: 'Play', loop, text: play.trim() }]
  if (say.trim() !== '') return [{ verb: 'Say', voice: named(voice), language: languageOf(language), loop, text: say }]
  return []
}

/** `en` is what the canvas writes for the English of the United States; the carrier knows no such language, and says nothing in one. */
export function languageOf(language: string | undefined): string | undefined {
  return language === 'en' ? 'en-US' : named(language)
}

/** `default` is what the canvas writes for the account's own setting. */
function named(name: string | undefined): string | undefined {
  return name === 'default' ? undefined : name
}

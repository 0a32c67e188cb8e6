import { type Element, rawText } from '../document/element.ts'
import type { Problem } from '../problem.ts'
import { problem } from './dictionary.ts'
import { SPOKEN_LANGUAGES } from './languages.ts'
import type { Rule } from './rule.ts'
import { SSML } from './ssml.ts'
import { ANY, like, oneOf, under, url, whole } from './values.ts'

const VOICE = like(
  /^(man|woman|alice|Polly\.\p{L}+(-Neural|-Generative)?|Google\.[\w-]+-(Standard|Wavenet|Neural2|Chirp3-HD)-\w+)$/u,
  'man, woman, alice, or a voice such as Polly.Joanna-Neural or Google.en-US-Standard-C',
)
/** 0 repeats until the call ends, at most a thousand times (twiml.md 4.1). */
const LOOP = whole(0, 1_000)

/** Say (twiml.md 4.1). */
export const SAY: Rule = {
  attributes: {
    voice: under(13511, VOICE),
    language: under(13512, oneOf(...SPOKEN_LANGUAGES)),
    loop: under(13510, LOOP),
  },
  children: SSML,
  text: ANY,
  whole: (say) => [...sayable(say), ...matching(say)],
}

const MOST_CHARACTERS = 4_096
const MOST_OF_POLLY = 3_000

/** Tags are not counted. */
function sayable(say: Element): Problem[] {
  const { length } = rawText(say).trim()
  if (length === 0) return [problem(13520, '<Say> holds no text; expected something to say')]
  const most = say.attributes.voice?.startsWith('Polly.') ? MOST_OF_POLLY : MOST_CHARACTERS
  return length > most ? [problem(13521, `<Say> holds ${length} characters; expected at most ${most}`)] : []
}

/** A voice of Google's has its only language in its name; with another one nothing is said. */
function matching({ attributes: { voice = '', language } }: Element): Problem[] {
  const [, own] = /^Google\.([a-z]+-[A-Z]+)-/.exec(voice) ?? []
  if (own === undefined || language === undefined || language === own) return []
  const given = `language=${JSON.stringify(language)} of <Say>`
  return [problem(13512, `${given} is not what voice=${JSON.stringify(voice)} speaks; expected ${own}`)]
}

/** Play (twiml.md 4.2). */
export const PLAY: Rule = {
  attributes: {
    loop: under(13410, LOOP),
    digits: under(13430, like(/^[0-9A-D#*wW]+$/, 'keys 0-9, A-D, # and *, and w or W for a pause')),
  },
  text: url(),
  whole: playable,
}

function playable(play: Element): Problem[] {
  if (play.attributes.digits !== undefined || rawText(play).trim() !== '') return []
  return [problem(11100, '<Play> holds no URL and has no digits; expected one of them')]
}

/** Pause (twiml.md 4.3). */
export const PAUSE: Rule = { attributes: { length: under(13910, whole(1)) } }

/** What a Gather says has codes of its own, and plays no digits (twiml.md 4.4). */
export const GATHER_PROMPTS: Readonly<Record<string, Rule>> = {
  Say: { ...SAY, attributes: { ...SAY.attributes, voice: under(13321, VOICE), loop: under(13322, LOOP) } },
  Play: { ...PLAY, attributes: { loop: under(13410, LOOP) } },
  Pause: PAUSE,
}

/** What a Prompt of Pay may hold. */
export const PAY_PROMPTS: Readonly<Record<string, Rule>> = { Say: SAY, Play: PLAY, Pause: PAUSE }

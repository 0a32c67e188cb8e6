import { MARKED_LANGUAGES } from './languages.ts'
import type { Rule } from './rule.ts'
import { ANY, like, oneOf } from './values.ts'

type Rules = Readonly<Record<string, Rule>>

const BREAK: Rule = {
  attributes: {
    strength: oneOf('none', 'x-weak', 'weak', 'medium', 'strong', 'x-strong'),
    time: like(/^\d+(ms|s)$/, 'a time such as 500ms or 2s'),
  },
}

const PHONEME: Rule = {
  attributes: {
    alphabet: oneOf(
      'ipa',
      'x-sampa',
      'x-amazon-jyutping',
      'x-amazon-pinyin',
      'x-amazon-pron-kana',
      'x-amazon-yomigana',
    ),
    ph: ANY,
  },
  text: ANY,
}

const SAY_AS: Rule = {
  attributes: {
    'interpret-as': oneOf(
      'characters',
      'spell-out',
      'cardinal',
      'number',
      'ordinal',
      'digits',
      'fraction',
      'unit',
      'date',
      'time',
      'address',
      'expletive',
      'telephone',
    ),
    format: oneOf('mdy', 'dmy', 'ymd', 'md', 'dm', 'ym', 'my', 'd', 'm', 'y', 'yyyymmdd'),
  },
  text: ANY,
}

const PROSODY: Rule = {
  attributes: {
    volume: like(
      /^(default|silent|x-soft|soft|medium|loud|x-loud|[+-]\d+(\.\d+)?dB)$/,
      'a volume such as loud or +6dB',
    ),
    rate: like(/^(x-slow|slow|medium|fast|x-fast|\d+%)$/, 'a rate such as slow or 80%'),
    pitch: like(/^(default|x-low|low|medium|high|x-high|[+-]\d+(\.\d+)?%)$/, 'a pitch such as high or +10%'),
  },
  get children() {
    return BLOCKS
  },
  text: ANY,
}

const LANG: Rule = {
  attributes: { 'xml:lang': oneOf(...MARKED_LANGUAGES) },
  get children() {
    return BLOCKS
  },
  text: ANY,
}

const EMPHASIS: Rule = {
  attributes: { level: oneOf('strong', 'moderate', 'reduced') },
  get children() {
    return PHRASES
  },
  text: ANY,
}

const SUB: Rule = { attributes: { alias: ANY }, text: ANY }

const INLINE: Rules = {
  break: BREAK,
  emphasis: EMPHASIS,
  phoneme: PHONEME,
  prosody: PROSODY,
  'say-as': SAY_AS,
  sub: SUB,
}

const W: Rule = { attributes: { role: ANY }, children: INLINE, text: ANY }
const PHRASES: Rules = { ...INLINE, lang: LANG, w: W }
const S: Rule = { children: PHRASES, text: ANY }
const SENTENCES: Rules = { ...PHRASES, s: S }
const P: Rule = { children: SENTENCES, text: ANY }
const BLOCKS: Rules = { ...SENTENCES, p: P }

/** The SSML that may stand in a Say (twiml.md 4.1). */
export const SSML = BLOCKS

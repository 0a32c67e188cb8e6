import { LOOPBACK } from '../line/loopback.ts'

/** What is wrong with a value: the code of the carrier's dictionary, and what was expected in its place. */
export interface Flaw {
  readonly code: number
  readonly expected: string
}

/** Judges a value; `base` is where its document came from. */
export type Check = (value: string, base: string | undefined) => Flaw | undefined

/** The schema alone: what has no code of its own (twiml.md 1.1). */
export const SCHEMA = 12200

/** The check, told under a code of the dictionary. */
export function under(code: number, check: Check): Check {
  return (value, base) => {
    const flaw = check(value, base)
    return flaw && { ...flaw, code }
  }
}

/** Anything at all. */
export const ANY: Check = () => undefined

/** Something beside blanks. */
export const FILLED = check('something', (value) => value.trim() !== '')

/** An integer in digits. */
export function whole(least: number, most = Number.POSITIVE_INFINITY): Check {
  const range = most === Number.POSITIVE_INFINITY ? `of ${least} or more` : `from ${least} to ${most}`
  const holds = (value: string) => /^\d+$/.test(value.trim()) && Number(value) >= least && Number(value) <= most
  return check(`an integer ${range}`, holds)
}

/** One of these words. */
export function oneOf(...words: readonly string[]): Check {
  return check(`one of ${listed(words)}`, (value) => words.includes(value))
}

/** One or more of these words with blanks between them. */
export function listOf(...words: readonly string[]): Check {
  return check(`some of ${listed(words)}, with blanks between them`, (value) =>
    value
      .trim()
      .split(/\s+/)
      .every((word) => words.includes(word)),
  )
}

/** Whatever the pattern holds for; `expected` says it in words. */
export function like(pattern: RegExp, expected: string): Check {
  return check(expected, (value) => pattern.test(value))
}

/** Not more characters than these. */
export function atMost(characters: number): Check {
  return check(`at most ${characters} characters`, (value) => value.length <= characters)
}

/** In lower case. */
export const BOOLEAN = oneOf('true', 'false')

/** In any case (twiml.md 1.1). */
export const METHOD = check('GET or POST', (value) => /^(get|post)$/i.test(value.trim()))

/** An URL that is absolute once it is resolved; an empty one means the current document, or nothing (twiml.md 1.5). */
export function url(code = 11100): Check {
  return (value, base) => {
    const text = value.trim()
    if (text === '' || isWeb(text)) return undefined
    if (isAbsolute(text)) return { code, expected: 'an http or https URL' }
    if (base === undefined) return { code: 15004, expected: 'an absolute URL, as this TwiML came from no URL' }
    return URL.canParse(text, base) ? undefined : { code, expected: 'an URL' }
  }
}

/** `wss://` without a query (twiml.md 4.10); `ws://` is let pass on the machine itself, where there is no certificate. */
export const WEB_SOCKET: Check = (value) => {
  const text = value.trim()
  if (/^wss:\/\/[^\s?]+$/i.test(text) && URL.canParse(text)) return undefined
  const code = /^ws:\/\//i.test(text) && isOnThisMachine(text) ? SCHEMA : 11100
  return { code, expected: 'a wss:// URL without a query' }
}

/** A telephone number: E.164, or what national writing makes of it. */
export const PHONE_NUMBER = check('a phone number such as +15550100', (value) =>
  /^\+?\d{1,15}$/.test(value.trim().replace(/[\s().-]/g, '')),
)

/** Whether an URL leads to the machine that the simulator runs on. */
export function isOnThisMachine(text: string): boolean {
  return URL.canParse(text) && LOOPBACK.test(new URL(text).hostname)
}

/** A check with the schema's code. */
export function check(expected: string, holds: (value: string) => boolean): Check {
  return (value) => (holds(value) ? undefined : { code: SCHEMA, expected })
}

/** Words as a sentence lists them. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`
}

function isWeb(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text)
}

/** Has a scheme of its own: nothing to resolve. */
function isAbsolute(text: string): boolean {
  return /^[a-z][a-z\d+.-]*:/i.test(text)
}

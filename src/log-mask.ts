/** What must not be in a log. */
export interface Hidden {
  /** In no line at all. */
  readonly secrets: readonly string[]
  /** Whether phone numbers are shown above `debug`. */
  readonly showsNumbers: boolean
}

/** Takes out of a line of the log, JSON as pino has written it, what nobody may read there; of a phone number the last two digits stay. */
export function logMask({ secrets, showsNumbers }: Hidden): (line: string) => string {
  const written = secrets
    .filter(({ length }) => length >= SHORTEST)
    .map((secret) => JSON.stringify(secret).slice(1, -1))
  const withoutSecrets = (line: string) => written.reduce((text, secret) => text.replaceAll(secret, HIDDEN), line)
  if (showsNumbers) return withoutSecrets
  return (line) => withoutSecrets(DETAILED.test(line) ? line : line.replace(NUMBER, `$1${HIDDEN}`))
}

/** What a sentence quotes was given by whoever asked. */
export function withoutQuotes(sentence: string): string {
  return sentence.replace(QUOTED, `"${HIDDEN}"`)
}

const HIDDEN = '…'

/** A shorter one is a word that stands in many lines. */
const SHORTEST = 8

/** Lines of `debug` and `trace`, which somebody has asked for. */
const DETAILED = /^\{"level":[12]0,/

/** In E.164, also as a path has it. */
const NUMBER = /(\+|%2B)\d{3,13}(?=\d{2}(?!\d))/gi

const QUOTED = /"(?:[^"\\]|\\.)*"/g

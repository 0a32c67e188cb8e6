/** What stands in the place of a secret; it may stand in a URL. */
const LEFT_OUT = 'left-out'

/** The same JSON without these texts, and without what looks like a secret: passwords, tokens, keys, Authorization, user names in URLs. */
export function withoutSecrets<Json>(value: Json, known: readonly string[]): Json {
  const clean = cleaner(known.filter((text) => text.length >= SHORTEST))
  const of = (inner: unknown): unknown => {
    if (typeof inner === 'string') return clean(inner)
    if (Array.isArray(inner)) return inner.map(of)
    return isObject(inner) ? Object.fromEntries(entriesOf(inner).map(([key, one]) => [key, of(one)])) : inner
  }
  return of(value) as Json // texts alone are changed
}

/** A shorter text stands in other words, too; `dev`, the token of development mode, is no secret. */
const SHORTEST = 8

const NAME =
  '(?:authorization|passw(?:or)?d|secret|(?:api|access|auth|subscription|private)[_-]?key|cookie|signature|token)'
const SECRET = new RegExp(`${NAME}$`, 'i')

/** The entries of an object; the value of a secret is left out, also in `{"key": "token", "value": "…"}`. */
function entriesOf(object: Readonly<Record<string, unknown>>): (readonly [string, unknown])[] {
  const named = [object.key, object.name].find((name) => typeof name === 'string')
  const isPair = typeof named === 'string' && SECRET.test(named)
  return Object.entries(object).map(([key, value]) => {
    const isSecret = SECRET.test(key) || (isPair && key === 'value')
    return [key, isSecret && typeof value === 'string' && isLiteral(value) ? LEFT_OUT : value]
  })
}

/** What a template reads is elsewhere, and what is empty hides nothing. */
function isLiteral(text: string): boolean {
  return text !== '' && !text.includes('{{')
}

function cleaner(known: readonly string[]): (text: string) => string {
  return (text) => {
    const bare = known.reduce((rest, secret) => rest.replaceAll(secret, LEFT_OUT), text)
    return PATTERNS.reduce((rest, pattern) => rest.replace(pattern, `$1${LEFT_OUT}$2`), bare)
  }
}

/** Each with what stays before and after the secret. */
const PATTERNS: readonly RegExp[] = [
  /(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#@{}"'<>]{1,500}(@)/gi,
  /(\b(?:Basic|Bearer) )(?=[^\s"]*[\d=])[A-Za-z0-9+/=_.~-]{12,}()/g,
  new RegExp(`((?:^|[?&])[\\w.-]{0,40}${NAME}=)[^&#\\s"'<{}]+()`, 'gi'),
  new RegExp(`("[\\w.-]{0,40}${NAME}"\\s*:\\s*")(?:[^"\\\\{}]|\\\\.)+(")`, 'gi'),
]

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

import { RE2JS } from 're2js'
import { withinTimeLimit } from './time-limit.ts'

export type Match = 'yes' | 'no' | 'timed-out' | 'invalid'

/**
 * Compares a whole text with a pattern, ignoring case. Patterns run in linear time where they can; the rest
 * (lookaheads, back references) run in V8, and whatever may take long is interrupted after 50 ms.
 */
export function wholeMatch(pattern: string): (text: string) => Match {
  if (pattern.length > LONGEST_PATTERN) return () => 'invalid'
  return (text) => {
    const matcher = matcherOf(pattern)
    if (matcher === 'invalid' || matcher === 'timed-out') return matcher
    if (matcher.stepsPerCharacter * text.length <= CHEAP_STEPS) return answer(matcher, text)

    // A costly match leaves megabytes of states in its matcher, an interrupted one perhaps broken states.
    matchers.delete(pattern)
    return withinTimeLimit(() => answer(matcher, text))
  }
}

/** Far above any pattern that a person wrote. */
const LONGEST_PATTERN = 2_000

/** About 5 ms; the time limit itself costs 60 µs, more than most matches. */
const CHEAP_STEPS = 50_000

interface Matcher {
  readonly stepsPerCharacter: number
  matches(text: string): boolean
}

function answer(matcher: Matcher, text: string): Match {
  try {
    return matcher.matches(text) ? 'yes' : 'no'
  } catch {
    return 'invalid' // V8 finds out that a pattern is too large when it is first used
  }
}

type Compiled = Matcher | 'invalid' | 'timed-out'

/** The least recently used first. */
const matchers = new Map<string, Compiled>()
const MOST_MATCHERS = 200

function matcherOf(pattern: string): Compiled {
  const matcher = matchers.get(pattern) ?? withinTimeLimit(() => linear(pattern) ?? backtracking(pattern))
  matchers.delete(pattern)
  if (matcher === 'timed-out') return matcher // perhaps the machine was busy
  matchers.set(pattern, matcher)
  const [oldest] = matchers.keys()
  if (matchers.size > MOST_MATCHERS && oldest !== undefined) matchers.delete(oldest)
  return matcher
}

function linear(pattern: string): Matcher | undefined {
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE)
    return { stepsPerCharacter: compiled.programSize(), matches: (text) => compiled.matches(text) }
  } catch {
    return undefined // invalid, or one of the things it lacks: V8 will tell
  }
}

function backtracking(pattern: string): Matcher | 'invalid' {
  const source = pattern.replace(/^\(\?i\)/, '') // V8 lacks it, and case is ignored anyway
  const compiled = expression(source, 'iu') ?? expression(source, 'i') // only `u` knows \p{L}, but it refuses \_
  return compiled ? { stepsPerCharacter: Number.POSITIVE_INFINITY, matches: (text) => compiled.test(text) } : 'invalid'
}

function expression(source: string, flags: string): RegExp | undefined {
  try {
    new RegExp(source, flags) // alone, so that `a)|(b` does not become valid by what is put around it
    return new RegExp(`^(?:${source})$`, flags)
  } catch {
    return undefined // the only thing it throws for is an invalid pattern
  }
}

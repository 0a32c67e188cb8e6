import { fault, type Problem } from '../problem.ts'

/** How one request is made: milliseconds, and when it is tried again (twiml.md 1.4). */
export interface Connection {
  /** For a connection. */
  readonly connectMs: number
  /** For anything to come over it. */
  readonly readMs: number
  /** For the whole answer, all attempts together. */
  readonly totalMs: number
  /** Attempts after the first. */
  readonly retries: number
  readonly retriesOn: ReadonlySet<Failure>
}

/** Why an attempt failed: by its status, without a connection, or without an answer over it. */
export type Failure = '4xx' | '5xx' | 'ct' | 'rt'

/** The carrier's own way, but for what the URL says behind `#`, as in `#rc=2&rp=4xx,ct&tt=5000`. */
export function connectionOf(url: string): Connection | Problem {
  const [, ...fragment] = url.split('#')
  const said = new URLSearchParams(fragment.join('#'))
  const wrong = [...said].find(([name, value]) => OVERRIDES.get(name)?.holds(value) === false)
  if (wrong) return invalid(wrong)
  const number = (name: string, otherwise: number) => Number(said.get(name) ?? otherwise)
  return {
    connectMs: number('ct', 5_000),
    readMs: number('rt', 15_000),
    totalMs: number('tt', 15_000),
    retries: number('rc', 1),
    retriesOn: failuresIn(said.get('rp') ?? 'ct'),
  }
}

interface Override {
  /** Of the dictionary. */
  readonly code: number
  readonly expected: string
  holds(value: string): boolean
}

const OVERRIDES: ReadonlyMap<string, Override> = new Map([
  ['ct', whole(100, 10_000)],
  ['rt', whole(100, 15_000)],
  ['tt', whole(100, 15_000)],
  ['rc', whole(0, 5)],
  ['rp', { code: 11243, expected: 'some of 4xx, 5xx, ct, rt and all, with commas between them', holds: isPolicy }],
  // Where a request leaves from makes no difference here.
  ['e', { code: 11240, expected: 'edges such as ashburn, with commas between them', holds: isEdges }],
])

function isEdges(text: string): boolean {
  return /^[a-z\d]+(-[a-z\d]+)*(,[a-z\d]+(-[a-z\d]+)*)*$/.test(text)
}

function whole(least: number, most: number): Override {
  const holds = (text: string) => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most
  return { code: 11100, expected: `an integer from ${least} to ${most}`, holds }
}

function isPolicy(text: string): boolean {
  return text.split(',').every((word) => word === 'all' || isFailure(word))
}

function isFailure(word: string): word is Failure {
  return ALL.some((failure) => failure === word)
}

function failuresIn(policy: string): ReadonlySet<Failure> {
  const words = policy.split(',')
  return new Set(words.includes('all') ? ALL : words.filter(isFailure))
}

const ALL: readonly Failure[] = ['4xx', '5xx', 'ct', 'rt']

function invalid([name, value]: [string, string]): Problem {
  const { code = 11100, expected = '' } = OVERRIDES.get(name) ?? {}
  return fault(code, `${name}=${JSON.stringify(value)} behind the # of an URL: expected ${expected}`)
}

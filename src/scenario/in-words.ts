import { durationOf } from '../clock/duration.ts'
import type { Expectation } from './expectation.ts'
import type { Deed, Step } from './step.ts'

/** A step as a person would tell it. */
export function stepInWords({ as, act, expectation }: Step): string {
  const told = [act && deedInWords(act), expectation && expectationInWords(expectation)].filter(Boolean).join(', then ')
  return as === undefined ? told : `${as}: ${told}`
}

function deedInWords(deed: Deed): string {
  switch (deed.do) {
    case 'press':
      return `press ${deed.keys}`
    case 'say':
      return `say ${JSON.stringify(deed.text)}`
    case 'talk':
      return `talk for ${durationOf(deed.seconds)}`
    case 'be-silent':
      return 'silence'
    case 'hang-up':
      return 'hang up'
    case 'text':
      return `text ${JSON.stringify(deed.body ?? '')}`
    case 'wait':
      return `wait ${durationOf(deed.seconds)}`
    case 'switch-phone':
      return `phone ${deed.to}`
    case 'call':
      return 'call'
    default:
      return deed satisfies never
  }
}

const VERBS: Readonly<Partial<Record<keyof Expectation, string>>> = { heard: 'hear', got: 'get' }

function expectationInWords(expectation: Expectation): string {
  const wanted = Object.keys(expectation) as (keyof Expectation)[] // its schema lets no other keys in
  return wanted.map((aspect) => VERBS[aspect] ?? `expect ${aspect}`).join(', ')
}

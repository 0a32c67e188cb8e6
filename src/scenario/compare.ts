import { contextOf, type Execution, topFrame } from '../engine/execution.ts'
import type { Leg } from '../simulator/call/leg.ts'
import { compareSeries, type Stretch } from './compare-series.ts'
import type { Expectation } from './expectation.ts'
import { BEGINNING, type Place } from './find-series.ts'
import { exactly, messagesTo, plainText, requests } from './kinds.ts'
import type { Message, Seen } from './ledger.ts'
import type { Mismatch } from './mismatch.ts'
import { compareValue, shown } from './values.ts'

/** What an expectation is held against. */
export interface Standing {
  /** What has happened since the last act. */
  readonly recent: Seen
  /** Of the messages in it, those that are on the phone they are for. */
  readonly messages: readonly Message[]
  /** The execution of the person. */
  readonly execution: Execution | undefined
  /** The call of the person. */
  readonly leg: Leg | undefined
  readonly address: string
  /** The address of somebody who is named. */
  addressOf(name: string): string
}

/** How far the things that happened since the last act have been expected already, by their kind. */
export type Progress = Readonly<Partial<Record<keyof Expectation, Place>>>

/** What of an expectation does not hold, and how far it got. */
export interface Compared {
  readonly mismatches: readonly Mismatch[]
  readonly progress: Progress
}

/** Compares an expectation with what happened and how things stand. */
export function compare(expectation: Expectation, standing: Standing, before: Progress): Compared {
  const stretches = happened(expectation, standing)
  const found = stretches.map((stretch) => ({ stretch, result: stretch.compare(before[stretch.aspect] ?? BEGINNING) }))
  return {
    mismatches: [...found.flatMap(({ result }) => result.mismatches), ...state(expectation, standing)],
    progress: {
      ...before,
      ...Object.fromEntries(found.map(({ stretch, result }) => [stretch.aspect, result.end])),
    },
  }
}

/** Everything that is expected to have happened. */
function happened(
  expectation: Expectation,
  { recent, messages, leg, address, addressOf, execution }: Standing,
): readonly Stretch[] {
  const { heard, got, twiml, asked, path, dialled, warnings, problems } = expectation
  const { happenings, moves } = recent
  const own = moves.filter((move) => move.execution.sid === execution?.sid)
  return [
    ...compareSeries('heard', heard, recent.heardIn(leg?.sid), plainText),
    ...compareSeries('got', got, messages, messagesTo(address, addressOf)),
    ...compareSeries('twiml', twiml, recent.documents, plainText),
    ...compareSeries('asked', asked, recent.asked, requests),
    ...compareSeries(
      'path',
      path,
      own.flatMap(({ steps }) => steps.map(({ from }) => from)),
      exactly,
    ),
    ...compareSeries(
      'dialled',
      dialled,
      happenings.flatMap((one) => (one.type === 'dialled' ? [one.target] : [])),
      plainText,
    ),
    ...compareSeries(
      'warnings',
      warnings,
      own.flatMap((move) => move.warnings.map(coded)),
      plainText,
    ),
    ...compareSeries(
      'problems',
      problems,
      happenings.flatMap((one) => (one.type === 'problem' ? [coded(one.problem)] : [])),
      plainText,
    ),
  ]
}

/** A warning or a problem as one line. */
export function coded({ code, message }: { readonly code: number; readonly message: string }): string {
  return `${code} ${message}`
}

/** Everything that is expected of how things stand. */
function state(expectation: Expectation, { execution, leg }: Standing): readonly Mismatch[] {
  const { at, status, endedReason, call, widgets, variables, context } = expectation
  const seen = execution && contextOf(execution)
  return [
    ...equal('at', at, execution && topFrame(execution).at),
    ...equal('status', status, execution?.status),
    ...equal('endedReason', endedReason, execution?.endedReason),
    ...equal('call', call, leg?.status),
    ...(widgets ? compareValue(widgets, seen?.widgets, ['widgets']) : []),
    ...(variables ? compareValue(variables, seen?.flow.variables ?? {}, ['variables']) : []),
    ...(context ? compareValue(context, seen && { ...seen }, ['context']) : []),
  ]
}

function equal(what: string, wanted: string | undefined, got: string | undefined): readonly Mismatch[] {
  if (wanted === undefined || wanted === got) return []
  return [{ path: [what], what, expected: wanted, got: [got ?? shown(got)] }]
}

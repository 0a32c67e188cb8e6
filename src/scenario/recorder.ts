import { stringify } from 'yaml'
import { contextOf, type Execution, topFrame } from '../engine/execution.ts'
import { type Fields, isFields } from '../engine/fields.ts'
import type { Move } from '../runtime/move.ts'
import type { Happening } from '../simulator/happening.ts'
import { type Chapter, chaptersOf } from './chapters.ts'
import { isLasting } from './lasting.ts'
import { LIVE, ownCallsIn } from './own-calls.ts'
import { replayed, servicesIn } from './recorded-services.ts'

/** What happened between one person and a flow. */
export interface Recorded {
  /** Path of the flow from the file that the scenario is written to. */
  readonly flow: string
  /** Epoch milliseconds. */
  readonly startedAt: number
  /** The address of the person. */
  readonly own: string
  /** Settings of the server that were not as usual. */
  readonly settings?: Readonly<Record<string, string | undefined>>
  /** How it was begun over REST, if it was. */
  readonly request?: { readonly address: string; readonly parameters: Fields } | undefined
  readonly happenings: readonly Happening[]
  readonly moves: readonly Move[]
}

/** Makes a scenario of what happened, as YAML: played again, it passes, with the services' answers of then. */
export function record({ flow, startedAt, own, settings = {}, request, happenings, moves }: Recorded): string {
  const [first, ...rest] = chaptersOf(happenings, own, request && requested(own, request))
  const services = servicesIn(moves, happenings)
  const call = [...ownCallsIn(happenings, own)].at(-1)
  const begun = new Date(startedAt).toISOString()
  const scenario = {
    name: `recorded at ${begun}`,
    flow,
    now: begun,
    ...(Object.keys(settings).length > 0 && { settings }),
    ...(services.length > 0 && { services }),
    start: first?.act ?? 'call',
    // biome-ignore lint/suspicious/noThenProperty: the format has this key; it is a list
    then: [
      ...(first ? [expected(first)] : []),
      ...rest.map(stepOf),
      ...(isAtRest(happenings, call) ? [standing(executionOf(call, own, moves))] : []),
    ].filter(isStep),
  }
  return stringify(scenario, { lineWidth: 0 })
}

function requested(contact: string, { address, parameters }: NonNullable<Recorded['request']>): Fields {
  const isEmpty = Object.keys(parameters).length === 0
  return { request: { To: contact, From: address, ...(!isEmpty && { Parameters: parameters }) } }
}

/** In the middle of a call that goes on, nothing can be said of how the flow stands: it would stand elsewhere a moment later. */
function isAtRest(happenings: readonly Happening[], call: string | undefined): boolean {
  const of = happenings.filter(({ sid }) => sid === call)
  const last = of.findLast((one) => one.type === 'call')
  return !last || !LIVE.has(last.status) || of.at(-1)?.type === 'listening'
}

function stepOf(chapter: Chapter): Fields {
  return { ...chapter.act, ...expected(chapter) }
}

function isStep(step: Fields): boolean {
  return Object.keys(step).length > 0
}

function expected({ heard, got, problems }: Chapter): Fields {
  return {
    ...(heard.length > 0 && { hear: oneOrAll(heard) }),
    ...(got.length > 0 && { get: oneOrAll(got) }),
    ...(problems.length > 0 && { expect: { problems: oneOrAll(problems.map(replayed)) } }),
  }
}

function oneOrAll<Item>(items: readonly Item[]): Item | readonly Item[] {
  const [first, ...more] = items
  return first !== undefined && more.length === 0 ? first : items
}

/** The newest execution of the person's call, or of the conversation with them, as it stood at the end. */
function executionOf(call: string | undefined, own: string, moves: readonly Move[]): Execution | undefined {
  const executions = new Map(moves.map(({ execution }) => [execution.sid, execution]))
  return [...executions.values()].findLast((one) => (one.call ? one.call.sid === call : one.contact === own))
}

/** How the flow stood at the end; what is different each time is left out. */
function standing(execution: Execution | undefined): Fields {
  if (!execution) return {}
  const { status, endedReason } = execution
  const { variables } = contextOf(execution).flow
  const lasting = isFields(variables) ? Object.entries(variables).filter(([, value]) => isLasting(value)) : []
  return {
    expect: {
      status,
      ...(endedReason === undefined ? { at: topFrame(execution).at } : { endedReason }),
      ...(lasting.length > 0 && { variables: Object.fromEntries(lasting) }),
    },
  }
}

import type { Told, ToldEvent } from './account.ts'
import type { Delivery, DeliveryKind, Heard, Journal } from './journal.ts'
import { ID } from './line.ts'

/** What the journal and the server's account of itself say against each other, in sentences. */
export function faultsIn(journal: Journal, account: readonly Told[]): readonly string[] {
  return [
    ...journal.complaints,
    ...journal.deliveries.flatMap(deliveryFaults(timesTaken(account))),
    ...account.flatMap(walkFaults),
    ...account.flatMap(keyFaults(journal)),
    ...account.flatMap(endFaults(journal)),
    ...effectFaults(visitsHeard(journal), account, {
      cutOff: new Set(journal.ended.keys()),
      unheard: leftBy(journal, account),
    }),
    ...[...visitsHeard(journal).values()].flatMap((heard) => repeatFaults(journal, heard)),
  ]
}

/** How many moves each delivery has led to. */
function timesTaken(account: readonly Told[]): ReadonlyMap<string, number> {
  return counted(
    account.flatMap(({ events }) => events.flatMap(({ event }) => (asksAgain(event) ? [] : (idOf(event) ?? [])))),
  )
}

/** A call that is asked about once more, because nobody heard the answer, is told the same; that is written down, and moves nothing. */
function asksAgain({ type, step, params }: ToldEvent): boolean {
  return type === 'continued' && step === undefined && params?.FlowEvent === undefined
}

function idOf({ params, parameters }: ToldEvent): string | undefined {
  return params?.[ID] ?? parameters?.[ID]
}

/** Each of these moves an execution, or begins one, once it is answered; of the others some come too late for that. */
const MOVING: ReadonlySet<DeliveryKind> = new Set(['call', 'call-act', 'message', 'talk', 'rest'])

/** What of these comes again is noted, but moves nothing: of calls the keys are what counts, a report says the same again, and REST refuses what is begun already. */
const NOTED: ReadonlySet<DeliveryKind> = new Set(['call-act', 'call-end', 'placed-call', 'message-status', 'rest'])

/** An answered delivery has been taken, none has been twice. */
function deliveryFaults(taken: ReadonlyMap<string, number>): (delivery: Delivery) => readonly string[] {
  return ({ id, kind, answer, attempts }) => {
    const times = taken.get(id) ?? 0
    if (times > 1 && !NOTED.has(kind)) return [`${kind} ${id} has moved executions ${times} times`]
    const isForgotten = times === 0 && answer && MOVING.has(kind)
    return isForgotten ? [`${kind} ${id} was answered after ${attempts} attempts, and is forgotten`] : []
  }
}

/** Every step begins where the one before it led, and none is there twice. */
function walkFaults({ execution, steps }: Told): readonly string[] {
  const { sid, status, flowSid } = execution
  const own = steps.filter((step) => step.flowSid === flowSid)
  const gaps = own.slice(1).filter((step, index) => step.from !== own[index]?.to)
  return [
    ...(status === 'active' ? [`${sid} is stuck at ${own.at(-1)?.to}`] : []),
    ...(new Set(steps.map((step) => step.sid)).size < steps.length ? [`${sid} has a step twice`] : []),
    ...(execution.steps !== steps.length ? [`${sid} has ${steps.length} steps and counts ${execution.steps}`] : []),
    ...gaps.map((step) => `${sid} has a step from ${step.from} where none led`),
  ]
}

/** A call has entered what its caller has pressed: each key once, in order. */
function keyFaults({ calls }: Journal): (told: Told) => readonly string[] {
  const seen = new Map(calls.map((call) => [call.sid, call]))
  return ({ execution: { sid, call, frames } }) => {
    const pressed = call && seen.get(call.sid)
    const all = String(frames[0]?.variables?.all ?? '')
    if (!pressed || all === pressed.entered || all === pressed.entered + pressed.doubtful) return []
    return [`${sid} has entered ${all}, and its caller has pressed ${pressed.entered}(${pressed.doubtful})`]
  }
}

/** What REST was told is ended has ended, and has gone nowhere since. */
function endFaults({ ended }: Journal): (told: Told) => readonly string[] {
  return ({ execution: { sid, status, endedReason }, steps }) => {
    const at = ended.get(sid)?.at
    if (at === undefined) return []
    return [
      ...(status === 'active' ? [`${sid} goes on, though REST was told that it has ended`] : []),
      ...(steps.some(({ date }) => date > at) ? [`${sid} (${endedReason}) has steps after its end over REST`] : []),
    ]
  }
}

type Visits = ReadonlyMap<string, readonly Heard[]>

/** What the outside has heard, by execution, widget and count. */
function visitsHeard({ heard }: Journal): Visits {
  return grouped(heard, ({ tag }) => tagKey(tag))
}

function tagKey({ execution, widget, count }: Heard['tag']): string {
  return `${execution} ${widget} ${count}`
}

/** Widgets that ask something of the outside, whatever comes of it. */
const ASKING: ReadonlySet<string> = new Set([
  'make-http-request',
  'send-message',
  'send-and-wait-for-reply',
  'record-call',
  'make-outgoing-call-v2',
  'start-conversation',
  'resume-conversation',
  'send-to-flex',
])

/** Executions of which less may be heard, or more. */
interface Excused {
  /** REST has ended them: nobody has seen what came of their last visit. */
  readonly cutOff: ReadonlySet<string>
  /** The carrier gave up on one of their webhooks, as its answer was perhaps on its way. */
  readonly unheard: ReadonlySet<string>
}

/** Executions that were moved by a webhook on which the carrier gave up for good. */
function leftBy({ deliveries }: Journal, account: readonly Told[]): ReadonlySet<string> {
  const left = new Set(deliveries.filter(({ isGivenUp, answer }) => isGivenUp && !answer).map(({ id }) => id))
  const moved = account.filter(({ events }) => events.some(({ event }) => left.has(idOf(event) ?? '')))
  return new Set(moved.map(({ execution }) => execution.sid))
}

/** As many visits were heard of as have led to a step, and nobody has heard of others, but for those that are excused. */
function effectFaults(visits: Visits, account: readonly Told[], { cutOff, unheard }: Excused): readonly string[] {
  const heard = counted([...visits.keys()].map((key) => key.split(' ', 2).join(' ')))
  const walked = counted(account.flatMap(placesAsked))
  return [...new Set([...heard.keys(), ...walked.keys()])].flatMap((place) => {
    const [times, steps] = [heard.get(place) ?? 0, walked.get(place) ?? 0]
    const [sid = ''] = place.split(' ', 1)
    const isExcused = (times === steps + 1 && cutOff.has(sid)) || (times < steps && unheard.has(sid))
    return times === steps || isExcused ? [] : [`${place} was heard of ${times} times, and has led to ${steps} steps`]
  })
}

function placesAsked({ execution, steps }: Told): readonly string[] {
  return steps.filter(({ type }) => ASKING.has(type)).map(({ from }) => `${execution.sid} ${from}`)
}

/** The same is heard again only where the server was killed in between or told to come back, and then under the same token. */
function repeatFaults(journal: Journal, heard: readonly Heard[]): readonly string[] {
  return heard.slice(1).flatMap((again, index) => {
    const before = heard[index] ?? again
    const name = tagKey(again.tag)
    const isExcused = !before.isTaken || journal.isReborn(before.at, again.at)
    if (!isExcused) return [`${name} was heard again although nothing had happened`]
    const isSame = before.token === again.token || before.by !== again.by
    return isSame ? [] : [`${name} was heard again under another token`]
  })
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}

function counted(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map([...grouped(names, (name) => name)].map(([name, all]) => [name, all.length]))
}

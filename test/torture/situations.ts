import type { Told } from './account.ts'
import type { Delivery, DeliveryKind, Fate, Journal } from './journal.ts'

/** How often each situation was seen that the load is to bring about, by its name. */
export type Situations = Readonly<Record<string, number>>

/** Counts what the journal and the server's account have of each situation; what was never seen counts 0. */
export function situationsIn(journal: Journal, account: readonly Told[]): Situations {
  return {
    ...livesIn(journal),
    ...waysIn(journal),
    ...kindsIn(journal),
    ...walksIn(journal, account),
    ...outsideOf(journal, account),
  }
}

/** Situations that come of kills alone. */
const OF_KILLS: ReadonlySet<string> = new Set([
  'killed',
  'killed before it had begun',
  'killed while a webhook waited',
  'killed between two parts of an answer',
  'never answered',
  'key in doubt',
  'done, and asked for again after a kill',
  'sent in place of an answer',
])

/** What was never seen, though a run whose lives end by kills, too, or by stops, too, is to see it. */
export function unseenIn(situations: Situations, { kills, stops }: Ends): readonly string[] {
  const isMeant = (name: string) => (kills || !OF_KILLS.has(name)) && (stops || name !== 'stopped by SIGTERM')
  return Object.keys(situations).filter((name) => situations[name] === 0 && isMeant(name))
}

/** How lives of the server end. */
interface Ends {
  readonly kills: boolean
  readonly stops: boolean
}

function livesIn({ kills, stops, stillborn }: Journal): Situations {
  return { killed: kills.length, 'killed before it had begun': stillborn, 'stopped by SIGTERM': stops.length }
}

function waysIn({ deliveries, kills, refusals }: Journal): Situations {
  const hit = deliveries.filter(({ sentAt, answer }) => kills.some((at) => sentAt < at && at < (answer?.at ?? 0)))
  const rests = ({ kind }: Delivery) => kind === 'rest-of-answer'
  return {
    'killed while a webhook waited': hit.length,
    'asked again under the same token': deliveries.filter(({ attempts }) => attempts > 1).length,
    'refused for the moment': refusals,
    'never answered': deliveries.filter(({ answer }) => !answer).length,
    'answered in parts': deliveries.filter((one) => rests(one) && one.answer).length,
    'killed between two parts of an answer': hit.filter(rests).length,
  }
}

const KINDS: readonly DeliveryKind[] = [
  'call',
  'call-act',
  'call-end',
  'placed-call',
  'message',
  'message-status',
  'talk',
  'own-talk',
  'rest',
]

function kindsIn({ deliveries }: Journal): Situations {
  const answered = (kind: DeliveryKind) => deliveries.filter((one) => one.kind === kind && one.answer).length
  return Object.fromEntries(KINDS.map((kind) => [`answered: ${kind}`, answered(kind)]))
}

function walksIn({ calls, ended }: Journal, account: readonly Told[]): Situations {
  const steps = account.flatMap((told) =>
    told.steps.map((step) => ({ ...step, isWithin: step.flowSid !== told.execution.flowSid })),
  )
  return {
    executions: account.length,
    steps: steps.length,
    'call held against its keys': calls.length,
    'key in doubt': calls.filter(({ doubtful }) => doubtful !== '').length,
    'time of a wait was up': steps.filter(({ to }) => to === 'late').length,
    'step of a subflow': steps.filter(({ isWithin }) => isWithin).length,
    'ended over REST': [...ended.values()].filter(({ at }) => at !== undefined).length,
  }
}

const FATES: readonly Fate[] = ['fine', 'slow', 'busy', 'broken', 'unheard', 'unanswered']
const ASKING = ['look', 'text', 'ask', 'bye', 'late', 'last', 'within', 'rec', 'ring', 'open', 'agent', 'nap', 'again']

function outsideOf(journal: Journal, account: readonly Told[]): Situations {
  const { heard, fates } = journal
  const visits = new Set(heard.filter(({ isTaken }) => isTaken).map(({ tag }) => Object.values(tag).join(' ')))
  const asked = (widget: string) => heard.filter(({ tag }) => tag.widget === widget).length
  return {
    'said in an answer': heard.filter(({ by }) => by === 'answer').length,
    'sent in place of an answer': instead(journal, account),
    'done, and asked for again after a kill': heard.filter(({ isTaken }) => isTaken).length - visits.size,
    ...Object.fromEntries(ASKING.map((widget) => [`asked by: ${widget}`, asked(widget)])),
    ...Object.fromEntries(FATES.map((fate) => [`outside: ${fate}`, fates.filter((one) => one === fate).length])),
  }
}

/** Questions to somebody who had written, which the carrier was asked to send. */
function instead({ heard, deliveries }: Journal, account: readonly Told[]): number {
  const messages = new Set(deliveries.filter(({ kind }) => kind === 'message').map(({ id }) => id))
  const written = account.filter(({ events }) => events.some(({ event }) => messages.has(event.params?.Delivery ?? '')))
  const sids = new Set(written.map(({ execution }) => execution.sid))
  return heard.filter(({ by, tag }) => by === 'request' && tag.widget === 'ask' && sids.has(tag.execution)).length
}

import type { Effect } from '../engine/effect.ts'
import type { FlowEvent, Params } from '../engine/event.ts'
import { type Fields, field } from '../engine/fields.ts'
import type { TwimlDocument } from '../twiml/verbs.ts'
import type { Asked, Wish } from './asked.ts'
import type { Heard, Visited } from './visits.ts'

/** A visit for whoever reads it. */
export type Report = ReturnType<typeof reported>

/** A visit as our API and bundles show it. */
export function reported({ step, flowSid, revision, widget, properties, enteredAt, heard, asked }: Visited) {
  return {
    step_sid: step,
    flow_sid: flowSid,
    flow_revision: revision,
    widget,
    date_entered: iso(enteredAt),
    properties,
    input: heard.map(inputShown),
    effects: asked.map((one) => effectShown(one, heard)),
  }
}

function inputShown({ event, at }: Heard) {
  return { event: event.type, date: iso(at), params: broughtBy(event) }
}

/** What an event brought beside its name; the visit it concerns is this one. */
function broughtBy({ type: _type, step: _step, ...brought }: FlowEvent): Fields {
  return 'params' in brought ? brought.params : brought
}

function effectShown({ wish, answer, attempts, ...at }: Asked, heard: readonly Heard[]) {
  return {
    kind: wish.kind === 'effect' ? wish.effect.type : 'twiml',
    target: wish.kind === 'effect' ? targetOf(wish.effect) : verbsOf(wish.document),
    date_asked: iso(at.askedAt),
    date_begun: at.begunAt === undefined ? null : iso(at.begunAt),
    date_ended: at.answeredAt === undefined ? null : iso(at.answeredAt),
    attempts: attempts ?? null,
    status: answer ? statusOf(wish, answer, heard) : null,
    error: (answer && errorOf(answer)) ?? null,
  }
}

/** Whom or what an effect is for, in a line. */
function targetOf(effect: Effect): string {
  switch (effect.type) {
    case 'http-request':
      return `${effect.method} ${effect.url}`
    case 'send-message':
    case 'place-call':
      return effect.to
    case 'post-message':
    case 'resume-conversation':
    case 'leave-conversation':
      return effect.conversation.sid
    case 'start-conversation':
      return 'identity' in effect.participant ? effect.participant.identity : effect.participant.address
    case 'hand-over':
      return effect.conversation?.sid ?? effect.workflowSid
    case 'record-call':
      return `${effect.change} ${effect.callSid}`
    default:
      return effect satisfies never
  }
}

/** What the carrier is to do, without the way back at the end. */
function verbsOf(document: TwimlDocument): string {
  if ('xml' in document) return 'a document of its own'
  const verbs = document.map(({ verb }) => verb)
  return (verbs.at(-1) === 'Redirect' ? verbs.slice(0, -1) : verbs).join(', ')
}

/** A message is told of after its answer, too. */
function statusOf(wish: Wish, answer: FlowEvent, heard: readonly Heard[]): string | number | null {
  if (answer.type === 'http-responded') return answer.outcome.ok ? answer.outcome.status : null
  if ('params' in answer) return answer.params.DialCallStatus ?? answer.params.CallStatus ?? null
  const later = wish.kind === 'effect' && wish.effect.type === 'send-message' ? reports(heard).at(-1) : undefined
  const status = later?.MessageStatus ?? STATED.map((name) => statedIn(answer, name)).find((one) => one !== undefined)
  return typeof status === 'string' ? status : null
}

function reports(heard: readonly Heard[]): readonly Params[] {
  return heard.flatMap(({ event }) => (event.type === 'message-status' ? [event.params] : []))
}

/** Under which names events bring a resource of the carrier. */
const STATED = ['message', 'call', 'recording', 'resource'] as const

function statedIn(answer: FlowEvent, name: string): unknown {
  const resource = field(answer, name)
  return field(resource, 'Status') ?? field(resource, 'assignment_status') ?? field(resource, 'status')
}

function errorOf(answer: FlowEvent): string | undefined {
  if ('reason' in answer) return answer.reason
  return answer.type === 'http-responded' && !answer.outcome.ok ? answer.outcome.message : undefined
}

function iso(at: number): string {
  return new Date(at).toISOString()
}

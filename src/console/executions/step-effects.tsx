import type { Effect } from '../ask/steps.ts'
import { atMs, lasting } from '../parts/time.ts'

/** What a step asked of the outside: of whom, when, how often, and what came of it. */
export function StepEffects({ effects }: { readonly effects: readonly Effect[] }) {
  if (effects.length === 0) return null
  return (
    <section className="inspector-section">
      <h3>Asked of the outside</h3>
      <ul className="effects">
        {effects.map((effect) => (
          <EffectLine key={`${effect.kind} ${effect.date_asked}`} effect={effect} />
        ))}
      </ul>
    </section>
  )
}

function EffectLine({ effect }: { readonly effect: Effect }) {
  const { kind, target, status, error, attempts } = effect
  return (
    <li>
      <b>{KINDS.get(kind) ?? kind}</b>
      {status !== null && <span className={`badge ${isWell(effect) ? 'good' : 'warn'}`}>{status}</span>}
      <code>{target}</code>
      <span className="faint">
        {timing(effect)}
        {attempts !== null && attempts > 1 && `, ${attempts} attempts`}
      </span>
      {error !== null && <p className="notice warn">{error}</p>}
    </li>
  )
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ['http-request', 'HTTP request'],
  ['send-message', 'Message'],
  ['post-message', 'Message in a conversation'],
  ['start-conversation', 'New conversation'],
  ['resume-conversation', 'Taking up a conversation'],
  ['leave-conversation', 'Leaving a conversation'],
  ['hand-over', 'Task for agents'],
  ['place-call', 'Call'],
  ['record-call', 'Recording'],
  ['twiml', 'TwiML'],
])

function isWell({ status, error }: Effect): boolean {
  return error === null && !(typeof status === 'number' && status >= 400) && !FAILED.has(String(status))
}

const FAILED: ReadonlySet<string> = new Set(['failed', 'undelivered', 'busy', 'no-answer', 'canceled'])

function timing(effect: Effect): string {
  const { date_asked, date_begun, date_ended } = effect
  const begun = date_begun ?? date_asked
  const from = `${beginningOf(effect)} ${atMs(begun)}`
  if (date_ended === null) return `${from}, unanswered`
  const took = lasting(Date.parse(date_ended) - Date.parse(begun))
  return `${from}, answered ${atMs(date_ended)}, after ${took}`
}

function beginningOf({ kind, date_begun }: Effect): string {
  if (kind === 'twiml') return 'told'
  return date_begun === null ? 'asked for' : 'begun'
}

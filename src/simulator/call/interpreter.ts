import type { Destination } from '../document/destination.ts'
import { type Document, documentOf, parseTwiml } from '../document/document.ts'
import { problemsOf } from '../grammar/problems.ts'
import type { Office } from '../office.ts'
import { caution, fault, type Problem } from '../problem.ts'
import { PLAYERS } from '../verbs/index.ts'
import type { Leg } from './leg.ts'
import { keepMedia } from './media.ts'
import type { Outcome } from './outcome.ts'
import type { Ending, Part, Rules, Scene } from './player.ts'
import { ask } from './requests.ts'

/** Plays documents from one to the next, until the last verb of one, or the end of the call (twiml.md 3). Throws `Interrupted`. */
export async function playDocuments({ leg, office }: Part, start: Destination, rules?: Rules): Promise<Ending | Gone> {
  let next: Destination | undefined = start
  for (let run = beginRun(leg); next; ) {
    run = goesOn(run, leg) ? { ...run, documents: run.documents + 1 } : beginRun(leg)
    const document: Document | Problem =
      countedWith(run, leg) > MOST_DOCUMENTS ? checked(leg, TOO_MANY) : await fetchDocument(leg, next, rules)
    leg.heed() // whoever hung up during the request hears nothing of it
    if ('code' in document) return apologise(leg, document)
    const outcome = await playDocument(document, { leg, office, document, play: playNested(office) }, rules)
    if (outcome.kind === 'gone') return outcome
    if (outcome.kind === 'leave') return { kind: 'left' }
    if (outcome.kind === 'end') return { kind: 'over', status: outcome.status }
    next = outcome.kind === 'go-to' ? outcome.destination : undefined
  }
  return { kind: 'played' }
}

/** The caller went while a verb was played. */
type Gone = Extract<Outcome, { kind: 'gone' }>

/** Documents that follow one another at once. */
interface Run {
  readonly documents: number
  readonly waits: number
  /** When it began; epoch milliseconds. */
  readonly at: number
}

function beginRun({ waits, ground: { clock } }: Leg): Run {
  return { documents: 0, waits, at: clock.now() }
}

/** Somebody who cannot be reached is waited for, but in no time. */
function goesOn({ waits, at }: Run, leg: Leg): boolean {
  return leg.waits === waits || leg.ground.clock.now() - at < SHORTEST_SOUND_MS
}

const SHORTEST_SOUND_MS = 100

/** Counts one more document. Calls that bring about others share one count, as each of many could be short of its own; once it is full, it stays so. */
function countedWith({ documents }: Run, { chain }: Leg): number {
  const startsAfresh = documents === 0 && chain.documents <= MOST_DOCUMENTS
  chain.documents = startsAfresh ? 0 : chain.documents + 1
  return Math.max(documents, chain.documents)
}

/** The carrier counts none; more than these without a sound between them are a loop that never ends (twiml.md 1.2). */
const MOST_DOCUMENTS = 200
const TOO_MANY = fault(12200, `more than ${MOST_DOCUMENTS} documents followed one another without a sound or a wait`)

function playNested(office: Office): Scene['play'] {
  return async (leg, start, rules) => {
    const ending = await playDocuments({ leg, office }, start, rules)
    return ending.kind === 'gone' ? { kind: 'over', status: 'completed' } : ending
  }
}

async function playDocument(document: Document, scene: Scene, rules: Rules | undefined): Promise<Outcome> {
  for (const verb of document.verbs) {
    const player = Object.hasOwn(PLAYERS, verb.name) ? PLAYERS[verb.name] : undefined
    if (!player) continue // told of when the document was read
    if (rules && !rules.verbs.has(verb.name)) {
      const code = rules.refusals?.[verb.name] ?? rules.refusal ?? 12200
      scene.leg.warn(caution(code, `<${verb.name}> is no verb that can be played here; it is left out`))
      continue
    }
    const outcome = await player(verb, scene)
    if (outcome.kind !== 'next') return outcome
  }
  return { kind: 'next' }
}

async function fetchDocument(leg: Leg, from: Destination, rules: Rules | undefined): Promise<Document | Problem> {
  if (from.kind === 'twiml') return checked(leg, parseTwiml(from.text, undefined))
  const { url, method, params } = from
  const answer = await ask(leg, { url, method, params: { ...rules?.extra(), ...params } })
  if ('code' in answer) return fallBack(leg, answer, url)
  keepMedia(answer, leg)
  const document = checked(leg, documentOf(answer, 'voice'))
  return 'code' in document ? fallBack(leg, document, url) : document
}

/** Tells once of everything that is wrong with a document. */
function checked(leg: Leg, document: Document | Problem): Document | Problem {
  for (const problem of 'code' in document ? [document] : problemsOf(document, 'voice')) leg.warn(problem)
  return document
}

/** Asks the fallback URL once, where there is one. */
async function fallBack(leg: Leg, problem: Problem, url: string): Promise<Document | Problem> {
  const { fallback } = leg
  if (!fallback || leg.fellBack) return problem
  leg.fellBack = true
  const params = { ErrorCode: String(problem.code), ErrorUrl: url }
  return fetchDocument(leg, { kind: 'url', ...fallback, params }, undefined)
}

/** A caller hears of an error in one sentence, and the call ends. */
async function apologise(leg: Leg, { level }: Problem): Promise<Ending> {
  if (level === 'error' && !leg.isOver) {
    leg.answer()
    leg.tell({ type: 'said', text: 'We are sorry, an application error has occurred. Goodbye.' })
    await leg.wait({ seconds: 3 })
  }
  return { kind: 'over', status: 'completed' }
}

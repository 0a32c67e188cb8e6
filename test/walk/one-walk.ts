import type { ManualClock } from '../../src/clock/manual-clock.ts'
import type { Parts } from '../../src/parts.ts'
import type { Params } from '../../src/simulator/line/web-request.ts'
import type { Network } from '../../src/simulator/network.ts'
import { Person } from '../../src/simulator/people/person.ts'
import type { Time } from '../../src/simulator/time.ts'
import { callAtRandom } from './caller.ts'
import { chatAtRandom } from './chatter.ts'
import { CheckedLine, ORIGIN } from './checked-line.ts'
import { type Dice, dice, seedOf } from './dice.ts'
import { planFarEnds } from './far-ends.ts'
import type { Hints } from './hints.ts'
import { replayFaults } from './replays.ts'
import { wrongRest } from './rest.ts'
import type { Services } from './services.ts'

/** A server to walk on, the phone network before it, and the services behind it. */
export interface Ground {
  readonly parts: Parts
  readonly services: Services
  readonly network: Network
  readonly clock: ManualClock
  readonly time: Time
  /** It answers in parts after a few milliseconds. */
  readonly hurried: boolean
  /** Lets the network ask by the line of a walk, and take its sids from the dice of that walk. */
  connect(line: CheckedLine, thrown: Dice): void
}

/** One walk to be made. */
export interface Plan {
  readonly ground: Ground
  readonly flow: ReturnType<Parts['flows']['list']>[number]
  readonly hints: Hints
  /** All that happens in the walk follows from it. */
  readonly seed: number
  readonly verbose: boolean
}

/** What came of a walk. */
export interface Walked {
  /** What was wrong, with the request that led to it. */
  readonly faults: readonly string[]
  /** Names of the widgets that were left. */
  readonly visited: readonly string[]
  /** How many answers came in parts. */
  readonly inParts: number
}

/** Walks a flow once as a caller, as somebody who texts or writes in a conversation, or as somebody who is called. */
export async function walkOnce(plan: Plan): Promise<Walked> {
  const thrown = dice(seedOf(plan.seed, plan.flow.name))
  plan.ground.services.begin(thrown, plan.hints)
  const walk = await walkSomehow(plan, thrown)
  const { line, executions } = walk
  const { parts } = plan.ground
  const steps = await Promise.all([...executions].map((sid) => parts.store.steps(sid)))
  const visited = steps.flat().map(({ from }) => from)
  const replays = await Promise.all([...executions].map((sid) => replayFaults(sid, parts)))
  return { faults: [...line.faults, ...replays.flat()], visited, inParts: line.inParts }
}

interface Made {
  readonly line: CheckedLine
  /** Sids of the executions that were seen. */
  readonly executions: ReadonlySet<string>
}

function walkSomehow(plan: Plan, thrown: Dice): Promise<Made> {
  if (plan.hints.takesRequests && thrown.chance(0.4)) return walkByRequest(plan, thrown)
  if (plan.hints.takesConversations && thrown.chance(0.7)) return walkInConversation(plan, thrown)
  return calls(plan.hints, thrown) ? walkAsCaller(plan, thrown) : walkAsTexter(plan, thrown)
}

/** Mostly by the way that leads somewhere. */
function calls({ takesCalls, takesMessages }: Hints, thrown: Dice): boolean {
  return thrown.chance(takesCalls === takesMessages ? 0.5 : takesCalls ? 0.95 : 0.05)
}

async function walkAsCaller(plan: Plan, thrown: Dice): Promise<Made> {
  const { parts, network, clock, time } = plan.ground
  const { from, to, extra } = subscriberOf(plan, thrown)
  let sid: string | undefined
  let known: string | undefined // the flow may have placed another call since
  const find = async () => {
    const found = sid === undefined ? undefined : await parts.store.executionOfCall(plan.flow.sid, sid)
    known = found?.sid ?? known
    return found ?? (known === undefined ? undefined : parts.store.execution(known))
  }
  const line = connected(plan, thrown, find)
  const leg = network.call({ from, to, extra, newsFirst: thrown.chance(0.5) })
  sid = leg.sid
  await time.settle()
  await find() // before another call takes its place
  await callAtRandom(
    {
      caller: new Person(leg, time),
      clock,
      time,
      isKind: thrown.chance(0.6),
      isTired: () => line.isTired,
      steered: () => steered(plan.hints, find),
      changeFarEnds: () => planFarEnds(network, thrown, to),
    },
    thrown,
  )
  await calmDown(plan.ground)
  if (thrown.chance(0.2)) await line.beginAgain()
  const execution = await find()
  if (!execution) {
    line.fault('the call has no execution')
    return { line, executions: new Set() }
  }
  const { status, waiting } = execution
  // Not every hang-up brings a last request; where one may come, it is waited for a little.
  const goesOn = status === 'active' && waiting?.for.includes('continued') && !waiting.parting
  if (goesOn && !line.hasLost) line.fault('the call is over and the execution waits for it to go on')
  await checkEnd(plan, line, execution.sid)
  return { line, executions: new Set([execution.sid]) }
}

async function walkAsTexter(plan: Plan, thrown: Dice): Promise<Made> {
  const { parts, network, clock, time } = plan.ground
  const { from, to, extra } = subscriberOf(plan, thrown)
  const executions = new Set<string>()
  const find = async () => {
    const active = await parts.store.activeWith(plan.flow.sid, from, [to])
    if (active) executions.add(active.sid)
    const last = [...executions].at(-1)
    return active ?? (last === undefined ? undefined : parts.store.execution(last))
  }
  const line = connected(plan, thrown, find, executions)
  await chatAtRandom(
    {
      clock,
      time,
      isKind: thrown.chance(0.6),
      isTired: () => line.isTired || executions.size > 3,
      steered: () => steered(plan.hints, find),
      changeFarEnds: () => planFarEnds(network, thrown, to),
      text: (body, more) => network.text({ from, to, body, extra: { ...extra, ...more } }),
    },
    thrown,
  )
  await calmDown(plan.ground)
  for (const sid of executions) await checkEnd(plan, line, sid)
  return { line, executions }
}

/** Somebody writes in a conversation; what the flow writes there comes back to it, too, and must not move it. */
async function walkInConversation(plan: Plan, thrown: Dice): Promise<Made> {
  const { parts, network, clock, time } = plan.ground
  const { conversations } = network
  const { from, to } = subscriberOf(plan, thrown)
  const executions = new Set<string>()
  let sid = ''
  const find = async () => {
    const owner = await parts.store.executionOfConversation(plan.flow.sid, sid)
    if (owner) executions.add(owner.sid)
    return owner
  }
  const line = connected(plan, thrown, find, executions)
  const conversation = conversations.create()
  sid = conversation.sid
  const hook = network.webhooksOf(to)?.message
  conversations.attach(conversation, { target: 'webhook', hook, filters: ['onMessageAdded'] })
  conversations.join(conversation, { identity: from })
  let written = 0
  await chatAtRandom(
    {
      clock,
      time,
      isKind: thrown.chance(0.6),
      isTired: () => line.isTired || executions.size > 3,
      steered: () => steered(plan.hints, find),
      changeFarEnds: () => planFarEnds(network, thrown, to),
      async text(body) {
        written += 1
        await conversations.say(conversation, from, body)
      },
    },
    thrown,
  )
  await calmDown(plan.ground)
  if (executions.size > written) line.fault('the flow was begun by what it wrote itself')
  for (const sid of executions) await checkEnd(plan, line, sid)
  return { line, executions }
}

/** The flow is begun by REST; whoever it calls picks up or not, listens, and hangs up. */
async function walkByRequest(plan: Plan, thrown: Dice): Promise<Made> {
  const { parts, network } = plan.ground
  const { from: to, to: from, extra: parameters } = subscriberOf(plan, thrown)
  let sid: string | undefined
  const find = async () => (sid === undefined ? undefined : parts.store.execution(sid))
  const line = connected(plan, thrown, find)
  planFarEnds(network, thrown, from)
  const begun = await parts.runtime.launch(plan.flow.sid, { type: 'incoming-request', to, from, parameters })
  sid = begun?.sid
  await calmDown(plan.ground)
  if (sid === undefined) line.fault('the request has begun no execution')
  else await checkEnd(plan, line, sid)
  return { line, executions: new Set(sid === undefined ? [] : [sid]) }
}

/** Lets come what is still under way. */
async function calmDown({ time }: Ground): Promise<void> {
  await time.pass(CALM_S)
}

/** No call and no report takes longer; what is waited for then takes as long as its timeout says. */
const CALM_S = 600

/** Judges how an execution rests, and again when all its time has run out: nothing is waited for without an end. */
async function checkEnd(plan: Plan, line: CheckedLine, sid: string): Promise<void> {
  const { parts, clock, time } = plan.ground
  await checkRest(plan, line, sid)
  while (clock.step()) await time.settle()
  await checkRest(plan, line, sid)
  const execution = await parts.store.execution(sid)
  if (execution?.status === 'active')
    line.fault(`all time has run out, and the execution stands on ${execution.frames.at(-1)?.at}`)
}

async function checkRest({ ground: { parts } }: Plan, line: CheckedLine, sid: string): Promise<void> {
  const execution = await parts.store.execution(sid)
  const wrong = execution && wrongRest(execution)
  if (wrong) line.fault(wrong)
  if (!execution) return
  const undone = (await parts.store.pendingEffects()).find(({ executionSid }) => executionSid === execution.sid)
  if (undone) line.fault(`the effect ${undone.effect.type} was asked for and is left undone`)
}

function connected(plan: Plan, thrown: Dice, find: Find, executions = new Set<string>()): CheckedLine {
  const { ground, flow, verbose } = plan
  const onDelivered = async (key: string) => {
    const delivery = await ground.parts.store.delivery(flow.sid, key)
    if (delivery?.executionSid) executions.add(delivery.executionSid)
  }
  const line = new CheckedLine({ parts: ground.parts, hurried: ground.hurried, thrown, verbose, find, onDelivered })
  ground.connect(line, thrown)
  return line
}

type Find = () => ReturnType<Parts['store']['execution']>

/** What the splits compare the outcome of the waiting widget with, else anything the flow compares with. */
async function steered(hints: Hints, find: Find): Promise<readonly string[]> {
  const execution = await find()
  const own = hints.values.get(execution?.frames.at(-1)?.at ?? '') ?? []
  return own.length > 0 ? own : hints.allValues
}

interface Subscriber {
  readonly from: string
  readonly to: string
  readonly extra: Params
}

/** Who calls or texts, and whom; the number answers by the flow from now on. */
function subscriberOf({ flow: { name, sid }, hints, ground: { network } }: Plan, thrown: Dice): Subscriber {
  const path = thrown.chance(0.5) ? `/flows/${encodeURIComponent(name)}` : `/v1/Accounts/${ACCOUNT}/Flows/${sid}`
  const from = thrown.chance(0.9)
    ? `+1${thrown.below(9e9) + 1e9}`
    : `${thrown.pick(['client:', 'whatsapp:+', 'sip:'])}${thrown.hex(12)}`
  const { To: to = '+15550002000', ...extra } = parametersFor(hints, thrown)
  const hook = { url: ORIGIN + path, method: 'POST' } as const
  network.attach(to, { voice: hook, status: hook, message: hook })
  return { from, to, extra }
}

/** Parameters that the flow decides by; never those by which requests are told apart. */
function parametersFor({ parameters }: Hints, thrown: Dice): Params {
  const free = [...parameters].filter(
    ([name]) => !/^(CallSid|CallStatus|\w*MessageSid|SmsSid|SmsStatus|From|Body)$/.test(name),
  )
  const chosen = free.map(([name, samples]) => [name, thrown.chance(0.8) ? thrown.draw(samples) : undefined] as const)
  return Object.fromEntries(chosen.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

/** The account of development mode. */
export const ACCOUNT = `AC${'0'.repeat(32)}`

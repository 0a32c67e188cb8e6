import { basename } from 'node:path'
import { type Clock, realClock } from '../../clock/clock.ts'
import { ManualClock } from '../../clock/manual-clock.ts'
import { type Environment, readConfig } from '../../config.ts'
import { type FlowDefinition, leadsTo } from '../../flow/definition.ts'
import { Network } from '../../simulator/network.ts'
import type { Actor } from '../../simulator/people/act.ts'
import { Person } from '../../simulator/people/person.ts'
import { timeOf } from '../../simulator/time.ts'
import { openStage, type Stage } from '../../stage.ts'
import type { Wish } from './options.ts'

/** A phone in somebody's hand, before a flow or any other TwiML application. */
export interface Scene extends Actor, Seen {
  /** The first line of a transcript. */
  readonly title: string
  readonly from: string
  readonly to: string
  /** Calls, or sends the first text, as was wished. */
  begin(): Promise<void>
  call(): Promise<void>
}

type Seen = Pick<Stage, 'network' | 'time' | 'onMove' | 'executions' | 'close'>

/** Opens what is played against. */
export async function openScene(wish: Wish): Promise<Scene> {
  const { name, to, usually, ...seen } = wish.url === undefined ? await ofFlow(wish) : ofWebhook(wish, wish.url)
  const { from, begins = usually } = wish
  const { network, time } = seen
  let caller: Person | undefined
  const call = async () => {
    caller = new Person(network.call({ from, to }), time)
    await time.settle()
  }
  const text = async (body: string, media: readonly string[]) => {
    await network.text({ from, to, body, media })
    await time.settle()
  }
  return {
    ...seen,
    title: `${name}: ${begins === 'call' ? 'a call' : 'a text message'} from ${from} to ${to}`,
    from,
    to,
    get caller() {
      return caller
    },
    call,
    text,
    async begin() {
      if (begins === 'call') await call()
      else if (begins !== 'text') await text(begins.sms, [])
    },
  }
}

interface Opened extends Seen {
  readonly name: string
  readonly to: string
  /** How it begins where nothing is wished. */
  readonly usually: 'call' | 'text'
}

async function ofFlow({ flow = '', to, realTime }: Wish): Promise<Opened> {
  const stage = await openStage({ flowFile: flow, settings: settingsFrom(process.env), clock: clockFor(realTime) })
  const name = basename(flow, '.json')
  const number = stage.numbers.get(name) ?? ''
  if (to !== undefined) stage.network.attach(to, stage.network.webhooksOf(number) ?? {})
  return { ...stage, name, to: to ?? number, usually: beginsWithCalls(stage.definition) ? 'call' : 'text' }
}

function clockFor(realTime: boolean): Clock {
  return realTime ? realClock : new ManualClock(Date.now())
}

function beginsWithCalls({ states, initial_state }: FlowDefinition): boolean {
  const trigger = states.find(({ name }) => name === initial_state)
  const leadsOn = (event: string) =>
    trigger?.transitions.some((transition) => transition.event === event && leadsTo(transition) !== undefined) ?? false
  return leadsOn('incomingCall') || !leadsOn('incomingMessage')
}

/** The settings that mean something to a flow that is played alone. */
export function settingsFrom(environment: Environment): Environment {
  return named(SETTINGS, environment)
}

function named(names: RegExp, environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => names.test(name)))
}

const SETTINGS = /^(TEMPLATE_\w+|HTTP_ALLOW_PRIVATE|MESSAGE_REPLIES)$/
const CREDENTIALS = /^TWILIO_(ACCOUNT_SID|AUTH_TOKEN)(_FILE)?$/

function ofWebhook({ to = '+15550002000', realTime }: Wish, url: string): Opened {
  const clock = clockFor(realTime)
  const {
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: [authToken = ''],
  } = readConfig(named(CREDENTIALS, process.env), '.')
  const network = new Network({ clock, accountSid, authToken })
  const hook = { url, method: 'POST' } as const
  network.attach(to, { voice: hook, status: hook, message: hook })
  return {
    network,
    time: timeOf(clock, () => network.activity.idle()),
    name: url,
    to,
    usually: 'call',
    onMove: () => () => {},
    executions: () => [],
    close: () => network.close(),
  }
}

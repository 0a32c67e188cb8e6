import { basename, resolve } from 'node:path'
import { serveCarrier } from '../../carrier.ts'
import { type Clock, realClock } from '../../clock/clock.ts'
import { ManualClock } from '../../clock/manual-clock.ts'
import { accountOf, type Environment, readConfig } from '../../config.ts'
import { isCalling } from '../../engine/outgoing-call.ts'
import type { FlowDefinition } from '../../flow/definition.ts'
import { leadsTo } from '../../flow/leads-to.ts'
import { Network } from '../../simulator/network.ts'
import type { Actor } from '../../simulator/people/act.ts'
import { Phone, PICKS_UP } from '../../simulator/people/phone.ts'
import { timeOf } from '../../simulator/time.ts'
import { openStage, type RequestWanted, type Stage } from '../../stage.ts'
import type { Beginning, Wish } from './options.ts'

/** A phone in somebody's hand, before a flow or any other TwiML application. */
export interface Scene extends Actor, Seen {
  /** The first line of a transcript. */
  readonly title: string
  readonly from: string
  readonly to: string
  /** How it begins. */
  readonly begins: Beginning
  /** Calls, sends the first text, or asks for the execution, as was wished. */
  begin(): Promise<void>
  call(): Promise<void>
}

type Seen = Pick<Stage, 'network' | 'time' | 'onMove' | 'executions' | 'close'>

/** Opens what is played against. */
export async function openScene(wish: Wish): Promise<Scene> {
  const { name, to, usually, request, ...seen } =
    wish.url === undefined ? await ofFlow(wish) : await ofWebhook(wish, wish.url)
  const { from, begins = usually } = wish
  const { network } = seen
  const phone = new Phone(from, seen)
  if (begins.kind !== 'call') network.plans.calls.set(from, PICKS_UP)
  const ring = () => phone.pickUp(() => seen.executions().some(isCalling))
  const call = () => phone.call(to)
  const text = async (body: string, media: readonly string[]) => {
    await network.text({ from, to, body, media })
    await ring()
  }
  return {
    ...seen,
    title: `${name}: ${TITLES[begins.kind]} ${begins.kind === 'request' ? `for ${from}` : `from ${from} to ${to}`}`,
    begins,
    from,
    to,
    get caller() {
      const { person } = phone
      return begins.kind === 'call' || person?.leg.isOver === false ? person : undefined
    },
    call,
    text,
    async begin() {
      if (begins.kind === 'call') return call()
      if (begins.kind === 'request') await request({ contact: from, parameters: begins.parameters })
      else if (begins.body !== undefined) return text(begins.body, [])
      return ring()
    },
  }
}

const TITLES = { call: 'a call', text: 'a text message', request: 'a request over REST' } as const

interface Opened extends Seen {
  readonly name: string
  readonly to: string
  /** How it begins where nothing is wished. */
  readonly usually: Beginning
  /** Begins as the REST API does. */
  request(wanted: Pick<RequestWanted, 'contact' | 'parameters'>): Promise<void>
}

async function ofFlow({ flow = '', to, realTime }: Wish): Promise<Opened> {
  const settings = { ...settingsFrom(process.env), ...foldersFrom(process.env) }
  const stage = await openStage({ flowFile: flow, settings, clock: clockFor(realTime) })
  const name = basename(flow, '.json')
  const number = stage.numbers.get(name) ?? ''
  if (to !== undefined) stage.network.attach(to, stage.network.webhooksOf(number) ?? {})
  const address = to ?? number
  return {
    ...stage,
    name,
    to: address,
    usually: usualBeginning(stage.definition),
    request: (wanted) => stage.request({ flow: name, address, ...wanted }),
  }
}

function clockFor(realTime: boolean): Clock {
  return realTime ? realClock : new ManualClock(Date.now())
}

function usualBeginning({ states, initial_state }: FlowDefinition): Beginning {
  const trigger = states.find(({ name }) => name === initial_state)
  const leadsOn = (event: string) =>
    trigger?.transitions.some((transition) => transition.event === event && leadsTo(transition) !== undefined) ?? false
  if (leadsOn('incomingCall')) return { kind: 'call' }
  if (leadsOn('incomingMessage')) return { kind: 'text' }
  return leadsOn('incomingRequest') ? { kind: 'request', parameters: {} } : { kind: 'call' }
}

/** The settings that mean something to a flow that is played alone. */
export function settingsFrom(environment: Environment): Environment {
  return named(SETTINGS, environment)
}

/** Where functions and assets are; what a recording needs of them it has with the answers of functions. */
function foldersFrom(environment: Environment): Environment {
  const folders = Object.entries(named(FOLDERS, environment))
  return Object.fromEntries(folders.flatMap(([name, path]) => (path ? [[name, resolve(path)]] : [])))
}

function named(names: RegExp, environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => names.test(name)))
}

const SETTINGS = /^(TEMPLATE_\w+|HTTP_ALLOW_PRIVATE|MESSAGE_REPLIES)$/
const FOLDERS = /^(FUNCTIONS|ASSETS)_DIR$/
const CREDENTIALS = /^TWILIO_(ACCOUNT_SID|AUTH_TOKEN)(_FILE)?$/

async function ofWebhook({ to = '+15550002000', realTime }: Wish, url: string): Promise<Opened> {
  const clock = clockFor(realTime)
  const config = readConfig(named(CREDENTIALS, process.env), '.')
  const network = new Network({ clock, ...accountOf(config) })
  const carrier = await serveCarrier(network, config)
  const hook = { url, method: 'POST' } as const
  network.attach(to, { voice: hook, status: hook, message: hook })
  return {
    network,
    time: timeOf(clock, () => network.activity.idle()),
    name: url,
    to,
    usually: { kind: 'call' },
    request: async () => {}, // refused when the flags were read
    onMove: () => () => {},
    executions: () => [],
    async close() {
      await network.close()
      await carrier.close()
    },
  }
}

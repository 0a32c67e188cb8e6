import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { playedChannel } from './carrier.ts'
import { twilioChannel } from './channels/twilio.ts'
import { type Clock, realClock } from './clock/clock.ts'
import { accountOf, type Config } from './config.ts'
import { Refusal } from './errors.ts'
import type { FlowLibrary } from './runtime/flows.ts'
import type { Runtime } from './runtime/runtime.ts'
import { trialAddress, trialAt, trialDigits } from './runtime/trial-address.ts'
import type { Waiting } from './simulator/call/waiting.ts'
import type { Line } from './simulator/line/line.ts'
import { Network } from './simulator/network.ts'
import { AlreadyActive, type Store } from './store/store.ts'
import { type Home, type HomeAnswer, type HomeRequest, homeLine } from './trial/home-line.ts'
import { outerLine } from './trial/outer-line.ts'
import type { TrialParts } from './trial/trial.ts'
import { type Opening, Trials } from './trial/trials.ts'

/** What trials are made of. */
export interface TrialWorld {
  readonly clock: Clock
  readonly store: Store
  readonly flows: FlowLibrary
  readonly runtime: Runtime
  /** The server that the webhooks are at. */
  server(): FastifyInstance
}

/** The phones beside the canvas: whoever the carrier is, nothing of them goes there. */
export function trialsOf(config: Config, world: TrialWorld): Trials {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: tokens, HTTP_ALLOW_PRIVATE: allowPrivate } = config
  const { clock } = world
  const gone = twilioChannel({ api: { ask: async () => GONE }, accountSid, now: () => clock.now() })
  const outside = outerLine({ allowPrivate, tokens })
  const open = (opening: Opening) => opened(opening, config, { ...world, outside })
  return new Trials({ clock, gone, open, close: () => outside.close() })
}

const GONE = { status: 404, body: { code: 20404, message: 'the phone that has begun this is gone', status: 404 } }

interface Surroundings extends TrialWorld {
  readonly outside: Line
}

function opened(opening: Opening, config: Config, world: Surroundings): TrialParts {
  const { flows, runtime } = world
  const { key, contacts, base, revision } = opening
  const flow = flows.find(opening.flow)
  if (!flow) throw new Refusal('notFound', `there is no flow ${JSON.stringify(opening.flow)}`)
  const network = networkOf(opening, config, world)
  const drafts = revision === 'draft' ? contacts.map((contact) => flows.tryDraftAt(trialAddress(key, contact))) : []
  return {
    ...{ key, contacts, revision, network, flowSid: flow.sid },
    channel: playedChannel(network, config),
    hook: { url: `${base}/v1/Accounts/${config.TWILIO_ACCOUNT_SID}/Flows/${flow.sid}`, method: 'POST' },
    async request(to, parameters) {
      const event = { type: 'incoming-request', to, from: trialAddress(key, to), parameters } as const
      if (!(await runtime.launch(flow.sid, event).catch(inTheWay))) throw unpublished(flow.sid)
    },
    async runOut(contact) {
      const waiting = await activeOf({ key, contacts: [contact] }, world)
      const ended = await Promise.all(waiting.map(({ sid }) => runtime.runOut(sid)))
      return ended.includes(true)
    },
    async onClose() {
      for (const forget of drafts) forget()
      await stop(opening, world)
    },
  }
}

function inTheWay(error: unknown): never {
  throw error instanceof AlreadyActive ? new Refusal('conflict', error.message) : error
}

function unpublished(sid: string): Refusal {
  return new Refusal('conflict', `flow ${sid} has no revision that is published`)
}

/** Ends what was begun at the number: it is over together with the trial. */
async function stop(opening: Opening, world: Surroundings): Promise<void> {
  await Promise.all((await activeOf(opening, world)).map(({ sid }) => world.runtime.stop(sid)))
}

async function activeOf({ key, contacts }: Pick<Opening, 'key' | 'contacts'>, { store }: Surroundings) {
  const { executions } = await store.executionPage({ contacts, status: 'active', size: MOST_LOOKED_AT })
  return executions.filter(({ address }) => trialAt(address) === key)
}

const MOST_LOOKED_AT = 1_000

/** It runs in real time, except that people take as long as they like to answer, and nobody has to sit through every announcement. */
function networkOf({ key, base }: Opening, config: Config, world: Surroundings): Network {
  const { PUBLIC_URL: publicUrl, development } = config
  const { accountSid, authToken } = accountOf(config)
  const home: Home = {
    hosts: () => hostsOf(base, config, world.server()),
    publicUrl,
    authToken,
    ask: (request) => askHere(request, world.server()),
  }
  return new Network({
    clock: realClock,
    accountSid,
    authToken,
    lasts,
    line: () => homeLine(home, world.outside),
    connects: () => development,
    digits: () => trialDigits(key) + randomBytes(6).toString('hex'),
  })
}

/** The hosts by which this server is called: its own with each of its ports, and the one that the page used, where no public URL stands for that. */
function hostsOf(base: string, { HOST, PORT, PUBLIC_URL }: Config, server: FastifyInstance): readonly string[] {
  const ports = server.addresses().map((address) => (typeof address === 'object' ? address.port : PORT))
  const own = [PORT, ...ports].map((port) => `${HOST}:${port}`)
  return PUBLIC_URL === undefined ? [new URL(base).host, ...own] : own
}

function lasts({ seconds, listening, begun }: Waiting): number | undefined {
  if (listening && !begun) return undefined
  return begun || seconds === undefined ? seconds : Math.min(seconds, LONGEST_SOUND_S)
}

const LONGEST_SOUND_S = 1

async function askHere({ method, url, headers, body }: HomeRequest, server: FastifyInstance): Promise<HomeAnswer> {
  const answer = await server.inject({ method, url, headers, payload: body })
  return { status: answer.statusCode, headers: answer.headers, body: answer.rawPayload }
}

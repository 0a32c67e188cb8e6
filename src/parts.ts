import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { openCarrier } from './carrier.ts'
import { type Clock, realClock } from './clock/clock.ts'
import { type Config, credentialsOf, secretsOf } from './config.ts'
import type { HttpRequestEffect } from './engine/effect.ts'
import type { HttpOutcome } from './engine/event.ts'
import { definitionOf } from './flow/import.ts'
import { buildServer } from './http/server.ts'
import { STUDIO_LIQUID } from './liquid/template.ts'
import { loggerOf } from './logger.ts'
import { wholeMatch } from './regex/whole-match.ts'
import { Broadcast, seenOf } from './runtime/broadcast.ts'
import { Fellowship } from './runtime/fellowship.ts'
import { FlowDesk } from './runtime/flow-desk.ts'
import { FlowFolder } from './runtime/flow-folder.ts'
import { tellingOfFlows } from './runtime/flow-news.ts'
import { FlowLibrary } from './runtime/flows.ts'
import { Hearsay } from './runtime/hearsay.ts'
import type { Move } from './runtime/moves.ts'
import type { Outside } from './runtime/perform.ts'
import { httpClient } from './runtime/performers/http-request.ts'
import { RateLimit } from './runtime/rate-limit.ts'
import { ANSWER_WITHIN_MS, Reception } from './runtime/reception.ts'
import { Retention } from './runtime/retention.ts'
import { Runtime } from './runtime/runtime.ts'
import { Timers } from './runtime/timers.ts'
import type { Network } from './simulator/network.ts'
import { openStore } from './store/open-store.ts'
import type { Store } from './store/store.ts'
import { widgets } from './widgets/index.ts'

/** The parts of a running Trunkline. */
export interface Parts {
  readonly server: FastifyInstance
  readonly flows: FlowLibrary
  readonly store: Store
  readonly runtime: Runtime
  readonly log: Logger
  /** Resolves when no turn is being worked on. */
  settled(): Promise<void>
  /** Finishes what is being answered and closes everything. */
  close(): Promise<void>
}

type HttpPerformer = (request: HttpRequestEffect) => Promise<HttpOutcome>

/** What tests and tools put in the place of the outside. */
export interface Substitutes extends Partial<Pick<Outside, 'channel' | 'patient'>> {
  /** Answers the requests of flows; `world` answers for real. */
  httpRequest?(request: HttpRequestEffect, world: HttpPerformer): Promise<HttpOutcome>
  /** Milliseconds after which a turn is answered in parts. */
  readonly answerWithinMs?: number
  readonly clock?: Clock
  /** The phone network that is played, where the carrier is simulated. */
  readonly network?: Network
  /** The only files of the flows folder that are served; without it, all are, and watched. */
  readonly flowFiles?: ReadonlySet<string>
  /** Told of every move of an execution once it is saved. */
  onMove?(move: Move): void
}

/** Builds the real parts from the settings: the only place that knows them all. */
export async function openParts(config: Config, substitutes: Substitutes = {}): Promise<Parts> {
  const log = loggerOf(config)
  const clock = substitutes.clock ?? realClock
  const opened = await openStore(config.DATABASE_URL, config.DATABASE_CONNECTIONS)
  const store = opened.fellows ? tellingOfFlows(opened, (news) => hearsay?.tell(news)) : opened
  const catalogue = new Map(widgets.map((widget) => [widget.type, widget]))
  const template = {
    timezone: config.TEMPLATE_TIMEZONE,
    turns: config.TEMPLATE_LOOP_TURNS,
    outputLength: config.TEMPLATE_OUTPUT_LENGTH,
  }
  const liquid = { ...STUDIO_LIQUID, ...template }
  const flows = new FlowLibrary(store, { widgets: catalogue, liquid, wholeMatch }, definitionOf)
  const client = httpClient({
    allowPrivate: config.HTTP_ALLOW_PRIVATE,
    tokens: config.TWILIO_AUTH_TOKEN,
    accountSid: config.TWILIO_ACCOUNT_SID,
  })
  const carrier = openCarrier(config, clock, substitutes.network)
  const outside: Outside = {
    httpRequest(request, token) {
      const world: HttpPerformer = (asked) => client.request({ ...clientRequest(asked), token })
      return substitutes.httpRequest?.(request, world) ?? world(request)
    },
    channel: substitutes.channel ?? carrier.channel,
    patient: substitutes.patient ?? substitutes.channel ?? carrier.patient,
  }
  const broadcast = new Broadcast()
  const runtime = new Runtime({
    store,
    flows,
    outside,
    log,
    clock,
    accountSid: config.TWILIO_ACCOUNT_SID,
    messageReplies: config.MESSAGE_REPLIES,
    keepsEvents: config.EXECUTION_EVENTS,
    limits: {
      inbound: new RateLimit(config.INBOUND_EXECUTIONS_PER_SECOND, 'executions by calls and messages', clock),
      rest: new RateLimit(config.REST_EXECUTIONS_PER_SECOND, 'executions over REST', clock),
    },
    webhookUrl: (flowSid) => `${originOf(config, server)}/v1/Accounts/${config.TWILIO_ACCOUNT_SID}/Flows/${flowSid}`,
    onDue: (at) => timers.expect(at),
    onMove: (move) => {
      substitutes.onMove?.(move)
      broadcast.tell(seenOf(move))
    },
  })
  const timers = new Timers({ store, runtime, log, clock })
  const reception = new Reception({
    runtime,
    store,
    flows,
    log,
    answerWithinMs: substitutes.answerWithinMs ?? ANSWER_WITHIN_MS,
  })
  const folder = new FlowFolder({
    folder: config.FLOWS_DIR,
    files: substitutes.flowFiles,
    store,
    flows,
    catalogue,
    log,
  })
  const desk = new FlowDesk({ store, flows, folder, clock, writesFiles: config.FLOW_FILES === 'write' })
  const fellowship = store.fellows && new Fellowship({ fellows: store.fellows, log, takeOver })
  const hearsay = store.fellows && new Hearsay({ fellows: store.fellows, store, broadcast, log, desk })
  const retention = new Retention({ store, log, clock, executionDays: config.EXECUTION_RETENTION_DAYS })
  const server = buildServer({
    reception,
    runtime,
    store,
    flows,
    desk,
    log,
    accountSid: config.TWILIO_ACCOUNT_SID,
    tokens: config.development ? undefined : config.TWILIO_AUTH_TOKEN,
    publicUrl: config.PUBLIC_URL,
    trustProxy: config.TRUST_PROXY,
    credentials: credentialsOf(config),
    catalogue,
    broadcast,
    circumstances: { template, secrets: secretsOf(config) },
  })
  carrier.mount(server)
  server.addHook('onClose', async () => {
    runtime.close()
    await folder.close()
    await retention.stop()
    await timers.stop()
    await reception.settled()
    await runtime.settled()
    await hearsay?.stop()
    await fellowship?.stop()
    await carrier.close()
    await client.close()
    await store.close()
  })

  if (!substitutes.flowFiles) folder.watch()
  await desk.open()
  await folder.load()
  await fellowship?.start()
  await hearsay?.start()
  await takeOver()
  retention.start()
  async function takeOver(): Promise<void> {
    await reception.sayUnheard()
    await runtime.resume()
    await reception.resume()
    await timers.start()
  }
  const settled = async () => {
    await timers.settled()
    await reception.settled()
    await runtime.settled()
  }
  return { server, flows, store, runtime, log, settled, close: () => server.close() }
}

/** Where the carrier reaches us: a port that was left to the system is known once it is listened at. */
function originOf({ PUBLIC_URL, HOST, PORT }: Config, server: FastifyInstance): string {
  const [address] = server.addresses()
  return PUBLIC_URL ?? `http://${HOST}:${typeof address === 'object' ? address.port : PORT}`
}

function clientRequest({ method, url, contentType, body, form, authenticate }: HttpRequestEffect) {
  return {
    method,
    url,
    ...(contentType !== undefined && { contentType }),
    ...(body !== undefined && { body }),
    ...(form && { form }),
    ...(authenticate && { authorization: 'twilio' as const }),
  }
}

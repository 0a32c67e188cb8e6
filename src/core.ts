import { trace } from '@opentelemetry/api'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { type Carrier, openCarrier } from './carrier.ts'
import { type Clock, realClock } from './clock/clock.ts'
import type { Config } from './config.ts'
import { definitionOf } from './flow/import.ts'
import { ProjectFolder } from './functions/project-folder.ts'
import { isOwnAddress } from './http/own-addresses.ts'
import { takeOver, type Working } from './life.ts'
import { STUDIO_LIQUID } from './liquid/template.ts'
import { loggerOf } from './logger.ts'
import { Metrics } from './metrics/metrics.ts'
import { Tracing } from './metrics/tracing.ts'
import { openFunctions } from './own-functions.ts'
import { wholeMatch } from './regex/whole-match.ts'
import { Broadcast, seenOf } from './runtime/broadcast.ts'
import { Fellowship } from './runtime/fellowship.ts'
import { FlowDesk } from './runtime/flow-desk.ts'
import { FlowFolder } from './runtime/flow-folder.ts'
import { tellingOfFlows } from './runtime/flow-news.ts'
import { FlowLibrary } from './runtime/flows.ts'
import { Hearsay } from './runtime/hearsay.ts'
import type { Outside } from './runtime/perform.ts'
import { RateLimit } from './runtime/rate-limit.ts'
import { ANSWER_WITHIN_MS, Reception } from './runtime/reception.ts'
import { Retention } from './runtime/retention.ts'
import { Runtime } from './runtime/runtime.ts'
import { Timers } from './runtime/timers.ts'
import { openStore } from './store/open-store.ts'
import type { Substitutes } from './substitutes.ts'
import type { Trials } from './trial/trials.ts'
import { trialsOf } from './trials.ts'
import { openWeb, originOf, type Web } from './web.ts'
import { catalogue } from './widgets/index.ts'

/** Builds what the HTTP server stands on: all that keeps flows, walks them and reaches the outside. `server` gives that server, which is built afterwards, and is not called before. */
export async function openCore(config: Config, substitutes: Substitutes, server: () => FastifyInstance) {
  const log = loggerOf(config)
  const clock = substitutes.clock ?? realClock
  const project = await openProject(config, log)
  const functions = openFunctions(config, { project: () => project.project, server, log })
  const { resources = () => project.project, caller = functions } = substitutes.functions ?? {}
  const metrics = new Metrics()
  const opened = metrics.timing(await openStore(config.DATABASE_URL, config.DATABASE_CONNECTIONS))
  const store = opened.fellows ? tellingOfFlows(opened, (news) => hearsay?.tell(news)) : opened
  metrics.watchLoads(store, () => functions.load())
  const template = templateOf(config)
  const liquid = { ...STUDIO_LIQUID, ...template }
  const flows = new FlowLibrary(store, { widgets: catalogue, liquid, wholeMatch }, definitionOf)
  const web = openWeb(config, { resources, caller, sids: () => folder.sids, server })
  const carrier = openCarrier(config, clock, substitutes.network)
  const outside = outsideOf({ web, carrier, trials: () => trials }, substitutes)
  const broadcast = new Broadcast()
  const tracer = trace.getTracer('trunkline')
  const tracing = new Tracing(tracer)
  const runtime = new Runtime({
    store,
    flows,
    outside,
    log,
    clock,
    ...executionSettingsOf(config, clock),
    webhookUrl: (flowSid) => `${originOf(config, server())}/v1/Accounts/${config.TWILIO_ACCOUNT_SID}/Flows/${flowSid}`,
    onDue: (at) => timers.expect(at),
    onMove: (move) => {
      metrics.moved(move)
      tracing.moved(move)
      substitutes.onMove?.(move)
      trials.tell(move)
      broadcast.tell(seenOf(move))
    },
  })
  const trials = trialsOf(config, { clock, store, flows, runtime, server })
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
    functions: () => resources().functions,
    isOurs: (url) => web.domain.has(url),
  })
  const desk = new FlowDesk({ store, flows, folder, clock, writesFiles: config.FLOW_FILES === 'write' })
  const working: Working = { reception, runtime, timers }
  const fellowship = store.fellows && new Fellowship({ fellows: store.fellows, log, takeOver: () => takeOver(working) })
  const hearsay = store.fellows && new Hearsay({ fellows: store.fellows, store, broadcast, log, desk })
  const retention = new Retention({ store, log, clock, executionDays: config.EXECUTION_RETENTION_DAYS })
  return {
    ...working,
    ...{ log, clock, metrics, tracer, broadcast, template, liquid, catalogue, resources, caller },
    ...{ store, flows, folder, desk, project, functions, trials, web, carrier, fellowship, hearsay, retention },
  }
}

/** The functions and assets of the served folder. */
function openProject(config: Config, log: Logger): Promise<ProjectFolder> {
  return ProjectFolder.open({
    folder: config.folder,
    functions: config.FUNCTIONS_DIR,
    assets: config.ASSETS_DIR,
    isTaken: isOwnAddress,
    log,
  })
}

/** How templates are filled by the settings. */
function templateOf(config: Config) {
  return {
    timezone: config.TEMPLATE_TIMEZONE,
    turns: config.TEMPLATE_LOOP_TURNS,
    outputLength: config.TEMPLATE_OUTPUT_LENGTH,
  }
}

interface Beyond {
  readonly web: Web
  readonly carrier: Carrier
  trials(): Trials
}

function outsideOf({ web, carrier, trials }: Beyond, { httpRequest, channel, patient }: Substitutes): Outside {
  return {
    httpRequest(request, token) {
      const world = web.worldFor(token)
      return httpRequest?.(request, world) ?? world.ask(request)
    },
    channel: channel ?? carrier.channel,
    patient: patient ?? channel ?? carrier.patient,
    trial: (address) => trials().channelAt(address),
  }
}

/** What the settings say of executions: whose they are, how they answer, what is kept of them, how many may begin. */
function executionSettingsOf(config: Config, clock: Clock) {
  return {
    accountSid: config.TWILIO_ACCOUNT_SID,
    messageReplies: config.MESSAGE_REPLIES,
    keepsEvents: config.EXECUTION_EVENTS,
    limits: {
      inbound: new RateLimit(config.INBOUND_EXECUTIONS_PER_SECOND, 'executions by calls and messages', clock),
      rest: new RateLimit(config.REST_EXECUTIONS_PER_SECOND, 'executions over REST', clock),
    },
  }
}

import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import type { Clock } from './clock/clock.ts'
import { accountOf, type Config, type Environment, readConfig } from './config.ts'
import type { Execution } from './engine/execution.ts'
import type { Fields } from './engine/fields.ts'
import type { FlowDefinition } from './flow/definition.ts'
import { type Position, parseFlowText, positionsIn } from './flow/file.ts'
import { importFlow } from './flow/import.ts'
import type { Issue } from './flow/issue.ts'
import { openParts, type Parts } from './parts.ts'
import { projectFolder } from './project-folder.ts'
import type { Move } from './runtime/move.ts'
import type { Line } from './simulator/line/line.ts'
import { Network } from './simulator/network.ts'
import { type Time, timeOf } from './simulator/time.ts'
import type { Substitutes } from './substitutes.ts'
import { whyUnreadable } from './unreadable.ts'
import { catalogue } from './widgets/index.ts'

/** A Trunkline of its own, in memory, with a simulated phone network before it and a clock that is moved by hand. */
export interface Stage {
  readonly parts: Parts
  readonly network: Network
  readonly time: Time
  /** The flow that is played. */
  readonly definition: FlowDefinition
  /** The number at which each flow, by its name, is reached. */
  readonly numbers: ReadonlyMap<string, string>
  /** Tells of every move of every execution from now on; the answer ends it. */
  onMove(listener: (move: Move) => void): () => void
  /** Begins an execution as the REST API does. */
  request(wanted: RequestWanted): Promise<void>
  /** Executions as they stand, in the order in which they began. */
  executions(): readonly Execution[]
  close(): Promise<void>
}

/** An execution to be begun over REST. */
export interface RequestWanted {
  /** Name of the flow. */
  readonly flow: string
  readonly contact: string
  /** The number of the flow, or the sid of a Messaging Service. */
  readonly address: string
  readonly parameters: Fields
}

export interface StageSettings {
  /** Path of the flow that is played. The flows it runs as subflows are found beside it. */
  readonly flowFile: string
  /** What would be in the environment. */
  readonly settings?: Environment | undefined
  /** Moved by hand, or running. */
  readonly clock: Clock
  /** What answers the flow's HTTP requests, itself or by `world`; the world, when it is left out. */
  readonly httpRequest?: Substitutes['httpRequest'] | undefined
  /** The functions and assets that the flow finds; those of its project, when they are left out. */
  readonly functions?: Substitutes['functions'] | undefined
  /** What answers the carrier where TwiML leads elsewhere; the world, when it is left out. */
  readonly elsewhere?: Line['ask'] | undefined
}

/** Thrown when a flow cannot be played; the message says where and why. */
export class UnusableFlow extends Error {
  override readonly name = 'UnusableFlow'
}

/** Sets the stage for one flow: a server that listens on a port of its own, and a number for each flow. */
export async function openStage({
  flowFile,
  settings = {},
  clock,
  httpRequest,
  functions,
  elsewhere,
}: StageSettings): Promise<Stage> {
  const definition = await definitionIn(flowFile)
  const folder = dirname(resolve(flowFile))
  const listeners = new Set<(move: Move) => void>()
  const executions = new Map<string, Execution>()
  const config = readConfig({ ...IN_MEMORY, ...settings, FLOWS_DIR: folder }, projectFolder(folder))
  const network = networkOf(config, { clock, elsewhere })
  const substitutes: Substitutes = {
    clock,
    flowFiles: await filesFor(flowFile, definition),
    onMove(move) {
      executions.set(move.execution.sid, move.execution)
      for (const listener of listeners) listener(move)
    },
    ...(httpRequest && { httpRequest }),
    ...(functions && { functions }),
    network,
  }
  const parts = await openParts(config, substitutes)
  await parts.server.listen({ host: config.HOST, port: 0 })
  const time = timeOf(clock, () => settle(network, parts))
  return {
    parts,
    network,
    definition,
    time,
    numbers: numbered(parts, network, basename(flowFile, '.json')),
    onMove(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async request({ flow, contact: to, address: from, parameters }) {
      const sid = parts.flows.named(flow)?.sid ?? ''
      await parts.runtime.launch(sid, { type: 'incoming-request', to, from, parameters })
      await time.settle()
    },
    executions: () => [...executions.values()],
    async close() {
      await network.close()
      await parts.close()
    },
  }
}

/** A network of our account. Where the scenario stands for other servers (`elsewhere`), it opens no sockets to them. */
function networkOf(config: Config, { clock, elsewhere }: Pick<StageSettings, 'clock' | 'elsewhere'>): Network {
  const network = new Network({
    clock,
    ...accountOf(config),
    line: (http) => lineHome(() => network.restUrl, { http, elsewhere }),
    ...(elsewhere && { connects: () => false }),
  })
  return network
}

/** Answers here what is asked at our address, or at Studio's, to which the TwiML of others sends a contact back (widgets.md 2.4 and 3.22). */
function lineHome(
  home: () => string,
  { http, elsewhere = http.ask }: { readonly http: Line; readonly elsewhere?: Line['ask'] | undefined },
): Line {
  return {
    ask(request) {
      const url = request.url.replace(STUDIO, home())
      return url.startsWith(`${home()}/`) ? http.ask({ ...request, url }) : elsewhere(request)
    },
  }
}

/** Where the webhooks of Studio's flows are. */
const STUDIO = /^https:\/\/webhooks\.twilio\.com(?=\/)/

/** Each side may have given the other something to do. */
async function settle({ activity }: Network, parts: Parts): Promise<void> {
  await activity.idle()
  await parts.settled()
  await activity.idle()
}

const IN_MEMORY = { CARRIER: 'simulated', DATABASE_URL: 'sqlite::memory:', LOG_LEVEL: 'silent', PORT: '0' } as const

/** Reads a flow file that is to be played; throws `UnusableFlow`. */
export async function definitionIn(flowFile: string): Promise<FlowDefinition> {
  const text = await readFile(flowFile, 'utf8').catch((error: unknown) => {
    throw new UnusableFlow(`${flowFile} cannot be read: ${whyUnreadable(error)}`)
  })
  const parsed = parseFlowText(text)
  if ('issue' in parsed) throw new UnusableFlow(line(flowFile, parsed.issue, parsed.issue))
  const imported = importFlow(parsed.json, catalogue)
  if ('definition' in imported) return imported.definition
  const position = positionsIn(text)
  const errors = imported.issues.filter(({ severity }) => severity === 'error')
  throw new UnusableFlow(errors.map((issue) => line(flowFile, position(issue.path), issue)).join('\n'))
}

/** The files to serve: the flow alone, or all beside it where it runs subflows. */
async function filesFor(flowFile: string, { states }: FlowDefinition): Promise<ReadonlySet<string>> {
  const runsSubflows = states.some(({ type }) => type === 'run-subflow')
  return new Set(runsSubflows ? await readdir(dirname(flowFile)) : [basename(flowFile)])
}

function line(file: string, { line: row, column }: Position, { message, hint }: Issue): string {
  return `${file}:${row}:${column} ${message}${hint ? ` (${hint})` : ''}`
}

/** Gives each flow a number, the one that is played first. */
function numbered(parts: Parts, network: Network, played: string): ReadonlyMap<string, string> {
  const names = parts.flows.list().map(({ name }) => name)
  const inOrder = [played, ...names.filter((name) => name !== played)]
  return new Map(
    inOrder.map((name, index) => {
      const number = `+1555000${2000 + index}`
      const hook = { url: `${parts.server.listeningOrigin}/flows/${encodeURIComponent(name)}`, method: 'POST' } as const
      network.attach(number, { voice: hook, status: hook, message: hook })
      return [name, number]
    }),
  )
}

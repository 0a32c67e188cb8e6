import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { type Config, secretsOf } from './config.ts'
import { openCore } from './core.ts'
import type { ProjectFolder } from './functions/project-folder.ts'
import { buildServer } from './http/server.ts'
import { begin, end, settled, watch } from './life.ts'
import type { Metrics } from './metrics/metrics.ts'
import { OWN_PACKAGE } from './own-package.ts'
import type { FlowLibrary } from './runtime/flows.ts'
import type { Runtime } from './runtime/runtime.ts'
import { serverSettingsOf } from './server-settings.ts'
import type { Store } from './store/store.ts'
import type { Substitutes } from './substitutes.ts'
import type { Trials } from './trial/trials.ts'
import { widgets } from './widgets/index.ts'

/** The parts of a running Trunkline. */
export interface Parts {
  readonly server: FastifyInstance
  readonly flows: FlowLibrary
  readonly project: ProjectFolder
  readonly store: Store
  readonly metrics: Metrics
  readonly runtime: Runtime
  readonly trials: Trials
  readonly log: Logger
  /** Resolves when no turn is being worked on. */
  settled(): Promise<void>
  /** Finishes what is being answered and closes everything. */
  close(): Promise<void>
}

/** Builds the real parts from the settings, and begins to work; the server does not listen yet. */
export async function openParts(config: Config, substitutes: Substitutes = {}): Promise<Parts> {
  const core = await openCore(config, substitutes, () => server)
  const { flows, project, store, metrics, runtime, trials, log, carrier } = core
  const settings = serverSettingsOf(config, core.clock)
  const server = buildServer({
    ...settings,
    ...core,
    widgets,
    project: core.resources,
    functions: core.caller,
    functionSids: () => core.folder.sids.functions.keys(),
    circumstances: { template: core.template, secrets: secretsOf(config) },
    consoleFolder: substitutes.consoleFolder ?? fileURLToPath(new URL('dist/console', OWN_PACKAGE)),
  })
  carrier.mount(server, settings.failedLogins)
  carrier.watch((happening) => trials.hear(happening))
  server.addHook('onClose', () => end(core))
  if (!substitutes.flowFiles) watch(core)
  await begin(core)
  return {
    ...{ server, flows, project, store, metrics, runtime, trials, log },
    settled: () => settled(core),
    close: () => server.close(),
  }
}

import type { Logger } from 'pino'
import type { Carrier } from './carrier.ts'
import type { Functions } from './functions/functions.ts'
import type { ProjectFolder } from './functions/project-folder.ts'
import type { Fellowship } from './runtime/fellowship.ts'
import type { FlowDesk } from './runtime/flow-desk.ts'
import type { FlowFolder } from './runtime/flow-folder.ts'
import type { Hearsay } from './runtime/hearsay.ts'
import type { Reception } from './runtime/reception.ts'
import type { Retention } from './runtime/retention.ts'
import type { Runtime } from './runtime/runtime.ts'
import type { Timers } from './runtime/timers.ts'
import type { Store } from './store/store.ts'
import type { Web } from './web.ts'

/** The parts that begin and end with the server. */
export interface Living extends Working {
  readonly folder: FlowFolder
  readonly project: ProjectFolder
  readonly functions: Functions
  readonly desk: FlowDesk
  /** The other instances on the same database, where there can be some; and what they tell. */
  readonly fellowship: Fellowship | undefined
  readonly hearsay: Hearsay | undefined
  readonly retention: Retention
  readonly carrier: Carrier
  readonly web: Web
  readonly store: Store
  readonly log: Logger
}

/** The parts that have executions go on. */
export interface Working {
  readonly reception: Reception
  readonly runtime: Runtime
  readonly timers: Timers
}

/** Serves what is in the folder and goes on with what an earlier process has left. */
export async function begin(living: Living): Promise<void> {
  const { desk, folder, fellowship, hearsay, retention } = living
  await desk.open()
  await folder.load()
  await fellowship?.start()
  await hearsay?.start()
  await takeOver(living)
  retention.start()
}

/** Has what changes in the folder count from now on. */
export function watch({ folder, functions, project, log }: Living): void {
  folder.watch()
  functions.reload()
  project.watch(() => {
    log.info('the functions and assets have changed')
    functions.reload()
    void folder.load()
  })
}

/** Goes on with what this process finds to be its own: at its start, and when another instance is gone. */
export async function takeOver({ reception, runtime, timers }: Working): Promise<void> {
  await reception.sayUnheard()
  await runtime.resume()
  await reception.resume()
  await timers.start()
}

/** Resolves when no turn is being worked on. */
export async function settled({ reception, runtime, timers }: Working): Promise<void> {
  await timers.settled()
  await reception.settled()
  await runtime.settled()
}

/** Begins nothing more, finishes what is under way, and lets go of everything, the database last. */
export async function end(living: Living): Promise<void> {
  const { runtime, reception, timers } = living
  runtime.close()
  await living.folder.close()
  await living.project.close()
  await living.retention.stop()
  await timers.stop()
  await reception.settled()
  await runtime.settled()
  await living.hearsay?.stop()
  await living.fellowship?.stop()
  await living.functions.close()
  await living.carrier.close()
  await living.web.close()
  await living.store.close()
}

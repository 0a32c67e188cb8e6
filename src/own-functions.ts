import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { accountOf, type Config, functionLimitsOf, SECRET_SETTINGS } from './config.ts'
import { Functions } from './functions/functions.ts'
import type { Project } from './functions/project.ts'
import { reachedAt } from './web.ts'

/** What functions are run with beside the settings. */
export interface FunctionsOf {
  project(): Project
  server(): FastifyInstance
  readonly log: Logger
}

/** The processes in which the functions of the served folder run; none is started before `reload`, or the first call. */
export function openFunctions(config: Config, { project, server, log }: FunctionsOf): Functions {
  const { CARRIER: carrier } = config
  const { accountSid: sid, authToken } = accountOf(config)
  return new Functions({
    project,
    folder: config.folder,
    envFile: join(config.folder, '.env'),
    secretNames: SECRET_SETTINGS,
    account: { sid, authToken, real: carrier === 'twilio' && config.TWILIO_API_URL === undefined },
    addresses() {
      const own = reachedAt(config, server())
      return { own, carrier: carrier === 'simulated' ? own : config.TWILIO_API_URL }
    },
    publicUrl: config.PUBLIC_URL,
    limits: functionLimitsOf(config),
    showsStacks: config.development,
    log,
  })
}

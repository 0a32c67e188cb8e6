import { type Logger, pino } from 'pino'
import { type Config, secretsOf } from './config.ts'
import { logMask } from './log-mask.ts'

/** Where everything that is worth a line is logged. */
export function loggerOf(config: Config): Logger {
  const { LOG_LEVEL, LOG_PRETTY, LOG_NUMBERS, development } = config
  const pretty = LOG_PRETTY ?? process.stdout.isTTY
  return pino({
    level: LOG_LEVEL,
    hooks: { streamWrite: logMask({ secrets: development ? [] : secretsOf(config), showsNumbers: LOG_NUMBERS }) },
    ...(pretty && { transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname' } } }),
  })
}

import { type Logger, pino } from 'pino'
import type { Config } from './config.ts'

/** Where everything that is worth a line is logged. */
export function loggerOf({ LOG_LEVEL, LOG_PRETTY }: Config): Logger {
  const pretty = LOG_PRETTY ?? process.stdout.isTTY
  return pino({
    level: LOG_LEVEL,
    ...(pretty && { transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname' } } }),
  })
}

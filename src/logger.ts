import { type Logger, pino } from 'pino'
import type { Config } from './config.ts'

/** The log as the settings want it: JSON lines, or coloured ones on a terminal. */
export function loggerOf({ LOG_LEVEL, LOG_PRETTY }: Pick<Config, 'LOG_LEVEL' | 'LOG_PRETTY'>): Logger {
  const pretty = LOG_PRETTY ?? process.stdout.isTTY
  return pino({
    level: LOG_LEVEL,
    ...(pretty && { transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname' } } }),
  })
}

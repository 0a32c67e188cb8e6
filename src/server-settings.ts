import { createHash, randomBytes } from 'node:crypto'
import type { Clock } from './clock/clock.ts'
import { type Config, credentialsOf } from './config.ts'
import { FailedLogins } from './http/login/failed-logins.ts'
import { Sessions } from './http/login/sessions.ts'

/** What the settings say of the HTTP server: who is let in, and what clients may take. */
export function serverSettingsOf(config: Config, clock: Clock) {
  return {
    accountSid: config.TWILIO_ACCOUNT_SID,
    development: config.development,
    tokens: config.development ? undefined : config.TWILIO_AUTH_TOKEN,
    signingTokens: config.TWILIO_AUTH_TOKEN,
    credentials: credentialsOf(config),
    sessions: new Sessions(sessionSecretOf(config), clock),
    failedLogins: new FailedLogins(clock),
    publicUrl: config.PUBLIC_URL,
    trustProxy: config.TRUST_PROXY,
    connections: connectionLimitsOf(config),
    memoryPercent: config.MEMORY_PERCENT,
    requestLimits: {
      requestBytes: config.FUNCTION_REQUEST_BYTES,
      headerBytes: config.FUNCTION_HEADER_BYTES,
      headers: config.FUNCTION_HEADERS,
    },
  }
}

/** What clients of the server may keep open. */
function connectionLimitsOf(config: Config) {
  return {
    headersMs: config.HEADERS_TIMEOUT_SECONDS * 1000,
    requestMs: config.REQUEST_TIMEOUT_SECONDS * 1000,
    atOnce: config.CONNECTIONS_AT_ONCE,
  }
}

/** What sessions are signed with: other credentials end them all. Those of development mode everybody knows. */
function sessionSecretOf(config: Config): string {
  if (config.development) return randomBytes(32).toString('hex')
  const pairs = credentialsOf(config).map(({ user, password }) => `${user}:${password}`)
  return createHash('sha256').update(pairs.join('\n')).digest('hex')
}

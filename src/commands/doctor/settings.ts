import type { Config } from '../../config.ts'
import { type Finding, ok, warning } from './finding.ts'

/** What the settings leave open. */
export function settings(config: Config): readonly Finding[] {
  const gaps = GAPS.flatMap((gap) => gap(config) ?? [])
  return gaps.length > 0 ? gaps : [ok('settings: nothing is missing')]
}

const GAPS: readonly ((config: Config) => Finding | undefined)[] = [
  ({ development }) =>
    development
      ? warning(
          'no credentials: signatures are not checked, the carrier is simulated, only this machine is answered',
          "set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN from your account's console",
        )
      : undefined,
  ({ PUBLIC_URL }) =>
    PUBLIC_URL
      ? undefined
      : warning(
          'PUBLIC_URL is not set: URLs are given out as each request names this server',
          'set it to the https address at which the carrier reaches this server',
        ),
  ({ PUBLIC_URL }) =>
    PUBLIC_URL?.startsWith('http:')
      ? warning(`PUBLIC_URL is ${PUBLIC_URL}: what callers say and press can be read on the way`, 'use https')
      : undefined,
  ({ TWILIO_API_KEY: key, TWILIO_API_SECRET: secret }) =>
    Boolean(key) === Boolean(secret)
      ? undefined
      : warning(
          `only one of TWILIO_API_KEY and TWILIO_API_SECRET is set: the auth token is used`,
          'set both of them, or none',
        ),
]

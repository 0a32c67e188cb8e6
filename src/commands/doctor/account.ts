import type { Config } from '../../config.ts'
import { type Answer, ask } from './ask.ts'
import { type Finding, failure, ok, warning } from './finding.ts'

/** Whether the carrier knows the account, and has the time that this machine has. */
export async function account(config: Config): Promise<readonly Finding[]> {
  if (config.CARRIER === 'simulated') return []
  const { url, authorization } = accessOf(config)
  const answer = await ask(`${url}/2010-04-01/Accounts/${config.TWILIO_ACCOUNT_SID}.json`, { authorization })
  const asked = answer.kind === 'answered' ? [clock(answer.response)] : []
  return [known(answer, url), ...asked]
}

function accessOf(config: Config) {
  const { TWILIO_API_KEY: key, TWILIO_API_SECRET: secret, TWILIO_ACCOUNT_SID: sid, TWILIO_AUTH_TOKEN } = config
  const pair = key && secret ? `${key}:${secret}` : `${sid}:${TWILIO_AUTH_TOKEN[0]}`
  const authorization = `Basic ${Buffer.from(pair).toString('base64')}`
  return { url: config.TWILIO_API_URL ?? 'https://api.twilio.com', authorization }
}

function known(answer: Answer, url: string): Finding {
  if (answer.kind === 'silent')
    return failure(`account: ${url} cannot be reached: ${answer.why}`, 'let this machine make requests to the outside')
  const { status, ok: isKnown } = answer.response
  if (isKnown) return ok(`account: ${url} knows it`)
  // A key that is not a main one may do everything but look at the account.
  if (status === 403)
    return warning(`account: ${url} lets it not be looked at (403)`, 'nothing, if it is a standard key')
  return failure(`account: ${url} answers ${status}`, 'check TWILIO_ACCOUNT_SID and its token or key')
}

/** A signature does not depend on the time, but the ends of waits and the dates in templates do. */
function clock({ headers }: Response): Finding {
  const theirs = Date.parse(headers.get('date') ?? '')
  const off = Math.round((Date.now() - theirs) / 1_000)
  if (Number.isNaN(off))
    return warning('clock: the carrier gave no time to compare with', 'let the system keep it by NTP')
  if (Math.abs(off) <= MOST_SECONDS) return ok("clock: as the carrier's")
  const words = `${Math.abs(off)} s ${off > 0 ? 'ahead of' : 'behind'}`
  return failure(`clock: ${words} the carrier's`, 'let the system keep it by NTP')
}

/** Answers take their time, and `Date` has whole seconds. */
const MOST_SECONDS = 5

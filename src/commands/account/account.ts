import { type Config, readConfig } from '../../config.ts'
import { loadEnvFile } from '../env-file.ts'
import { type Account, Refused } from './studio-api.ts'

/** The account that is meant, and where the flows are, by the settings of a served folder. */
export function settingsOf(folder: string): Config {
  loadEnvFile(folder)
  return readConfig(process.env, folder)
}

/** The account whose flows are pulled or pushed: at another Trunkline's address, else at Twilio; throws `Refused`. */
export function accountOf(config: Config, address: string | undefined): Account {
  const { TWILIO_API_KEY: key, TWILIO_API_SECRET: secret, TWILIO_AUTH_TOKEN: tokens } = config
  const url = addressed(address ?? config.TWILIO_API_URL ?? STUDIO)
  const isHere = /^(localhost|127\.|\[::1\])/.test(new URL(url).hostname)
  if (config.development && !(key && secret) && !isHere) throw new Refused(`${url} needs credentials: set ${NEEDED}`)
  if (key && secret) return { url, user: key, password: secret }
  return { url, user: config.TWILIO_ACCOUNT_SID, password: tokens[0] ?? '' }
}

const STUDIO = 'https://studio.twilio.com'
const NEEDED = 'TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or TWILIO_API_KEY and TWILIO_API_SECRET'

function addressed(address: string): string {
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address.replace(/\/+$/, '')
  throw new Refused(`${JSON.stringify(address)} is no address: expected such as https://trunkline.example.org`)
}

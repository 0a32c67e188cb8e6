import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { unescape as decoded } from 'node:querystring'
import type { z } from 'zod'
import { isLoopback } from './loopback.ts'
import { expectedBy } from './setting-expected.ts'
import { Settings } from './settings.ts'
import type { Credentials } from './signature/basic-auth.ts'

/** The settings, read once; nobody else reads the environment. */
export type Config = Readonly<
  Omit<z.output<typeof Settings>, 'TWILIO_ACCOUNT_SID' | 'TWILIO_AUTH_TOKEN' | 'CARRIER'>
> & {
  readonly TWILIO_ACCOUNT_SID: string
  /** The first signs, all are accepted. */
  readonly TWILIO_AUTH_TOKEN: readonly string[]
  readonly CARRIER: 'twilio' | 'simulated'
  /** The folder that is served. */
  readonly folder: string
  /** True without credentials: loopback only, signatures are not checked, nothing leaves by the carrier. */
  readonly development: boolean
}

/** The account of development mode, so that REST clients work as they are. */
export const DEVELOPMENT = { accountSid: `AC${'0'.repeat(32)}`, token: 'dev' } as const

/** Reads the settings of the environment; throws one `InvalidSettings` that names every wrong variable. */
export function readConfig(environment: Environment, folder: string): Config {
  const { values, problems } = withSecretFiles(environment)
  const parsed = Settings.safeParse(values)
  const misread = parsed.success ? [] : parsed.error.issues.map((issue) => explain(issue, values))
  const wrong = [...problems, ...misread, ...unguarded(values)]
  if (!parsed.success || wrong.length > 0) throw new InvalidSettings(wrong)

  const settings = parsed.data
  const development = settings.TWILIO_AUTH_TOKEN === undefined
  return {
    ...settings,
    TWILIO_ACCOUNT_SID: settings.TWILIO_ACCOUNT_SID ?? DEVELOPMENT.accountSid,
    TWILIO_AUTH_TOKEN: settings.TWILIO_AUTH_TOKEN ?? [DEVELOPMENT.token],
    CARRIER: settings.CARRIER ?? (development ? 'simulated' : 'twilio'),
    FLOWS_DIR: resolve(folder, settings.FLOWS_DIR),
    DATABASE_URL: located(settings.DATABASE_URL, folder),
    folder: resolve(folder),
    development,
  }
}

/** Without credentials nobody but this machine may reach the server. */
function unguarded({ HOST, TWILIO_AUTH_TOKEN }: Environment): readonly string[] {
  if (HOST === undefined || isLoopback(HOST) || TWILIO_AUTH_TOKEN !== undefined) return []
  return [`HOST is ${HOST}, which others can reach: set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or bind to 127.0.0.1`]
}

export type Environment = Readonly<Record<string, string | undefined>>

/** The account that we sign for, with the token that does it. */
export function accountOf({ TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: [authToken = ''] }: Config) {
  return { accountSid, authToken }
}

/** Who may use the REST API: the account with any of its tokens, or an API key. */
export function credentialsOf({
  TWILIO_ACCOUNT_SID: user,
  TWILIO_AUTH_TOKEN,
  API_KEYS,
}: Config): readonly Credentials[] {
  return [...TWILIO_AUTH_TOKEN.map((password) => ({ user, password })), ...API_KEYS]
}

/** What nobody else may read. */
export function secretsOf({ TWILIO_AUTH_TOKEN, TWILIO_API_SECRET, API_KEYS, DATABASE_URL }: Config): readonly string[] {
  const keys = API_KEYS.map(({ password }) => password)
  const others = [TWILIO_API_SECRET, decoded(passwordOf(DATABASE_URL))]
  return [...TWILIO_AUTH_TOKEN, ...keys, ...others.flatMap((secret) => secret || [])]
}

function passwordOf(url: string): string {
  return URL.canParse(url) ? new URL(url).password : ''
}

/** Settings that functions do not see, though they stand in the same `.env` file. */
export const SECRET_SETTINGS: ReadonlySet<string> = new Set([
  'TWILIO_AUTH_TOKEN',
  'TWILIO_API_SECRET',
  'API_KEYS',
  'DATABASE_URL',
])

/** What one function may take, and all of them together. */
export function functionLimitsOf(config: Config) {
  return {
    timeoutMs: config.FUNCTION_TIMEOUT_SECONDS * 1000,
    atOnce: config.FUNCTIONS_AT_ONCE,
    memoryMb: config.FUNCTION_MEMORY_MB,
    answerBytes: config.FUNCTION_ANSWER_BYTES,
  }
}

/** Thrown when settings are wrong; the message has a line for each. */
export class InvalidSettings extends Error {
  override readonly name = 'InvalidSettings'

  constructor(problems: readonly string[]) {
    super(['These settings are wrong:', ...problems.map((problem) => `  ${problem}`)].join('\n'))
  }
}

/** `NAME_FILE` holds the path of a file with the value of `NAME`; an empty variable counts as not set. */
function withSecretFiles(environment: Environment): { values: Environment; problems: string[] } {
  const values: Record<string, string> = {}
  const problems: string[] = []
  for (const name of Object.keys(Settings.shape)) {
    const file = environment[`${name}_FILE`]
    const value = environment[name] || undefined
    if (value !== undefined) values[name] = value
    if (!file) continue
    try {
      values[name] = readFileSync(file, 'utf8').trim()
    } catch (error) {
      problems.push(`${name}_FILE names ${JSON.stringify(file)}, which cannot be read: ${String(error)}`)
    }
  }
  return { values, problems }
}

const SECRET = /TOKEN|SECRET|KEYS/

function explain(issue: z.core.$ZodIssue, values: Environment): string {
  const name = String(issue.path[0])
  const shown = SECRET.test(name) ? 'set to something hidden' : JSON.stringify(withoutPassword(values[name]))
  return `${name} is ${shown}; expected: ${expectedBy(issue)}`
}

/** What stands between a colon and the last `@` of what may be meant as a URL. */
function withoutPassword(text: string | undefined): string | undefined {
  return text?.replace(/^(\w*:\/*[^:/@]*):.*@/, '$1:…@')
}

/** A relative SQLite path is meant from the served folder. */
function located(url: string, folder: string): string {
  if (!url.startsWith('sqlite:')) return url
  const path = url.slice('sqlite:'.length)
  return path === ':memory:' ? url : `sqlite:${resolve(folder, path)}`
}

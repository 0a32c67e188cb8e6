import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { unescape as decoded } from 'node:querystring'
import { z } from 'zod'
import { isLoopback } from './loopback.ts'
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
const DEVELOPMENT = { accountSid: `AC${'0'.repeat(32)}`, token: 'dev' } as const

/** Reads the settings of the environment; throws one `InvalidSettings` that names every wrong variable. */
export function readConfig(environment: Environment, folder: string): Config {
  const { values, problems } = withSecretFiles(environment)
  const parsed = Settings.safeParse(values)
  const wrong = [...problems, ...(parsed.success ? [] : parsed.error.issues.map((issue) => explain(issue, values)))]
  if (!parsed.success || wrong.length > 0) throw new InvalidSettings(wrong)

  const settings = parsed.data
  const development = settings.TWILIO_AUTH_TOKEN === undefined
  if (development && !isLoopback(settings.HOST)) {
    throw new InvalidSettings([
      `HOST is ${settings.HOST}, which others can reach: set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or bind to 127.0.0.1`,
    ])
  }
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

export type Environment = Readonly<Record<string, string | undefined>>

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
  const others = [TWILIO_API_SECRET, decoded(urlOf(DATABASE_URL)?.password ?? '')]
  return [...TWILIO_AUTH_TOKEN, ...keys, ...others.flatMap((secret) => secret || [])]
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

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
)
const flag = z.enum(['on', 'off', 'true', 'false', '1', '0']).transform((text) => ['on', 'true', '1'].includes(text))
const whole = z.string().regex(/^\d+$/, 'a whole number').transform(Number)

const keyPair = z
  .string()
  .regex(/^SK[0-9a-fA-F]{32}:.+$/, 'SK and 32 hexadecimal digits, a colon and the secret')
  .transform((pair) => ({ user: pair.slice(0, KEY_LENGTH), password: pair.slice(KEY_LENGTH + 1) }))
const KEY_LENGTH = 34

const Settings = z.object({
  PORT: whole.pipe(z.number().max(65_535)).default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  DATABASE_URL: z
    .string()
    .refine(isDatabaseUrl, 'sqlite:PATH, or postgres://USER:PASSWORD@HOST:PORT/DATABASE')
    .default('sqlite:./data/trunkline.db'),
  DATABASE_CONNECTIONS: whole.pipe(z.number().min(1)).default(10),
  FLOWS_DIR: z.string().default('flows'),
  FUNCTIONS_DIR: z.string().optional(),
  ASSETS_DIR: z.string().optional(),
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-fA-F]{32}$/, 'AC and 32 hexadecimal digits')
    .optional(),
  TWILIO_AUTH_TOKEN: list.pipe(z.array(z.string()).min(1)).optional(),
  TWILIO_API_KEY: z
    .string()
    .regex(/^SK[0-9a-fA-F]{32}$/, 'SK and 32 hexadecimal digits')
    .optional(),
  TWILIO_API_SECRET: z.string().optional(),
  TWILIO_API_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  FLEX_WORKSPACE_SID: z
    .string()
    .regex(/^WS[0-9a-fA-F]{32}$/, 'WS and 32 hexadecimal digits')
    .optional(),
  TWILIO_REQUESTS_PER_SECOND: whole.pipe(z.number().min(1)).default(100),
  API_KEYS: list.pipe(z.array(keyPair)).default([]),
  CARRIER: z.enum(['twilio', 'simulated']).optional(),
  MESSAGE_REPLIES: z.enum(['twiml', 'rest']).default('twiml'),
  TEMPLATE_TIMEZONE: z.string().refine(isTimeZone, 'a time zone such as Europe/Berlin').default('America/Los_Angeles'),
  TEMPLATE_LOOP_TURNS: whole.pipe(z.number().min(1)).default(15),
  TEMPLATE_OUTPUT_LENGTH: whole.pipe(z.number().min(1)).default(16_384),
  FLOW_FILES: z.enum(['write', 'read-only']).default('write'),
  INBOUND_EXECUTIONS_PER_SECOND: whole.default(100),
  REST_EXECUTIONS_PER_SECOND: whole.default(20),
  FUNCTION_REQUEST_BYTES: whole.pipe(z.number().min(1)).default(1_048_576),
  FUNCTION_HEADER_BYTES: whole.pipe(z.number().min(1)).default(15_360),
  FUNCTION_HEADERS: whole.pipe(z.number().min(1)).default(90),
  EXECUTION_RETENTION_DAYS: whole.pipe(z.number().min(1)).default(30),
  EXECUTION_EVENTS: flag.default(true),
  FUNCTION_TIMEOUT_SECONDS: whole.pipe(z.number().min(1).max(3_600)).default(10),
  FUNCTIONS_AT_ONCE: whole.pipe(z.number().min(1)).default(30),
  FUNCTION_MEMORY_MB: whole.pipe(z.number().min(32)).default(256),
  FUNCTION_ANSWER_BYTES: whole.pipe(z.number().min(1)).default(4_194_304),
  HEADERS_TIMEOUT_SECONDS: whole.pipe(z.number().min(1)).default(10),
  REQUEST_TIMEOUT_SECONDS: whole.pipe(z.number().min(1)).default(30),
  CONNECTIONS_AT_ONCE: whole.pipe(z.number().min(1)).default(2_000),
  MEMORY_PERCENT: whole.pipe(z.number().min(1).max(100)).default(90),
  HTTP_ALLOW_PRIVATE: z.union([flag, list]).default(false),
  TRUST_PROXY: z.union([flag, list]).default(false),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  LOG_PRETTY: flag.optional(),
  LOG_NUMBERS: flag.default(false),
})

function isDatabaseUrl(text: string): boolean {
  return (
    text.startsWith('sqlite:') || (/^postgres(ql)?:$/.test(urlOf(text)?.protocol ?? '') && urlOf(text)?.host !== '')
  )
}

function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false // the only thing it throws for
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
  return `${name} is ${shown}; expected: ${issue.message}`
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
